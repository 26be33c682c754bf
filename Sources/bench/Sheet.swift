import JSON

/// The figures of one bench: printed as they come, or at its end as one JSON object.
final class Sheet {
  private let printsJSON: Bool
  private var part: Text = ""
  private var parts = JSONObject()
  private var notes: [JSON] = []

  init(printsJSON: Bool) { self.printsJSON = printsJSON }

  /// Begins a part: a server in one situation.
  func begin(_ key: String, _ heading: String) {
    part = Text(key)
    parts[part] = .object(JSONObject())
    if !printsJSON { Report.heading(heading) }
  }

  /// A figure of the part that was begun last; its key names the unit.
  func figure(_ key: String, _ name: String, _ value: Double, _ unit: String) {
    var object = parts[part]?.object ?? JSONObject()
    object[Text(key)] = .number(Text(Report.fixed(value, 2)))
    parts[part] = .object(object)
    if !printsJSON { Report.figure(name, value, unit) }
  }

  /// Something that the reader of the figures must know.
  func note(_ text: String) {
    notes.append(.string(Text(text)))
    if !printsJSON { print("  (\(text))") }
  }

  /// Prints all of it, if that was put off.
  func end() {
    guard printsJSON else { return }
    parts["notes"] = .array(notes)
    print(String(decoding: JSON.object(parts).pretty(), as: UTF8.self))
  }
}
