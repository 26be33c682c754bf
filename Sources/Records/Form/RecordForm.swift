import JSON
public import Sync

/// A record as a text that a person edits: a line or a block for each value, and comments that say what each takes.
///
/// The form remembers what it showed. A value whose text comes back as it went out is not touched, whatever it holds,
/// so what a newer version wrote survives an older one's editor.
public struct RecordForm: Sendable {
  /// The record as it was shown.
  public let state: RecordState
  /// Its kind.
  public let kind: Kind

  /// The form of a record of a kind that is known here.
  public init(_ state: RecordState, kind: Kind) {
    self.state = state
    self.kind = kind
  }

  /// The text to edit.
  ///
  /// - Parameters:
  ///   - heading: lines for its top.
  ///   - title: what a record is called that the form refers to.
  public func text(heading: [String], title: (RecordID) throws -> String?) rethrows -> [UInt8] {
    var rows = heading.flatMap { Self.comment($0) } + [""]
    for field in kind.fields {
      rows += Self.comment("\(field.label): \(field.help)")
      rows += conflicts(field)
      let entries = entries(of: field)
      let isText = if case .lines = field.type { true } else { false }
      for entry in entries {
        if let id = Self.target(entry), let title = try title(id) { rows += Self.comment("  \(title):") }
        rows.append(FormText.written(field.option, entry.text, asBlock: isText))
      }
      if entries.isEmpty { rows.append(FormText.written(field.option, "", asBlock: isText)) }
      rows.append("")
    }
    rows += unknown()
    return Array(rows.joined(separator: "\n").utf8)
  }

  /// The text with its faults told above the lines that have them, and without those that were told before.
  public static func annotated(_ bytes: [UInt8], _ error: FormError) -> [UInt8] {
    guard let rows = try? FormText.rows(bytes) else { return bytes }
    // Where a block does not end nobody can tell a comment from a text, so nothing is taken out.
    let old = (try? FormText(bytes))?.complaints ?? []
    var faults = error.faults[...]
    let count = faults.count == 1 ? "One thing is" : "\(faults.count) things are"
    var result = ["\(FormText.complaint) \(count) to be mended; each is told above its line."]
    for (index, row) in rows.enumerated() {
      while let fault = faults.first, fault.line <= index + 1 {
        result.append("\(FormText.complaint) \(oneLine(fault.message))")
        faults.removeFirst()
      }
      if !old.contains(index + 1) { result.append(row) }
    }
    return Array(result.joined(separator: "\n").utf8)
  }

  /// The values of a field as they are shown, in their order.
  func entries(of field: Field) -> [FormEntry] {
    FieldView(field.name, state).elements(field).map {
      FormEntry(field: field, element: $0, text: FieldText.describe($0.value, key: $0.key, field: field))
    }
  }

  /// The record that a value refers to.
  private static func target(_ entry: FormEntry) -> RecordID? {
    guard entry.field.rule == .reference || entry.field.name == "affiliations" else { return nil }
    return Text(validating: Text(entry.text).bytes.prefix(36)).flatMap { RecordID($0) }
  }

  /// What stands beside the values that are shown, so that nobody writes over it unseen.
  private func conflicts(_ field: Field) -> [String] {
    state.conflicts().flatMap { conflict -> [String] in
      guard case .values(let path, let cells) = conflict, path.field == field.name else { return [] }
      return cells.dropFirst().flatMap { cell in
        let text =
          cell.value.isNull ? "(cleared)" : FieldText.describe(cell.value, key: path.key, field: field)
        return Self.comment("In conflict: \(cell.name.replica.member) wrote: \(text)")
      }
    }
  }

  /// Fields that only a newer version knows; they stay as they are.
  private func unknown() -> [String] {
    let names = RecordDocument.unknownFields(of: state, kind)
    if names.isEmpty { return [] }
    let fields = names.compactMap { name in RecordDocument.unknown(name, state).map { "  \(name): \($0)" } }
    return Self.comment("These stay as they are:") + fields.flatMap { Self.comment($0) } + [""]
  }

  /// A comment, in as many lines as it takes.
  private static func comment(_ text: String) -> [String] {
    var rows: [String] = []
    var row = ""
    for word in oneLine(text).split(separator: " ", omittingEmptySubsequences: false) {
      if !row.isEmpty, row.unicodeScalars.count + word.unicodeScalars.count > 76 {
        rows.append("# " + row)
        row = "  " + word
      } else {
        row += (row.isEmpty ? "" : " ") + word
      }
    }
    return rows + ["# " + row]
  }

  /// A text without line ends and control characters.
  private static func oneLine(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append(" ")
      case 0..<0x20, 0x7F..<0xA0: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
