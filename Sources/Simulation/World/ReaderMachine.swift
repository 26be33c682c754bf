import JSON

/// A reader of the feed: a website or a dashboard that follows what everybody writes.
final class ReaderMachine {
  let line: Line
  /// Its token, and what that is called by; nothing while it has none.
  var token: (text: Text, id: String)?
  /// How far it has read.
  var cursor: Text?
  /// The seq of the last entry that told it of a record.
  var told: [[UInt8]: Int64] = [:]

  init(name: String) { line = Line(name: name) }

  /// Begins anew, knowing nothing.
  func forget() {
    cursor = nil
    told = [:]
    line.lastAnswer = nil
  }

  /// Takes a page; false if this is none.
  func take(_ page: JSON) -> Bool {
    guard let entries = page["entries"]?.array, let next = page["cursor"]?.text else { return false }
    for entry in entries {
      let record =
        entry["change"]?["record"] ?? entry["state"]?["record"] ?? entry["erasure"]?["record"] ?? entry["withdrawal"]
      guard let seq = entry["seq"]?.integer, let id = record?.text?.bytes else { continue }
      told[id] = max(told[id] ?? 0, seq)
    }
    cursor = next
    return true
  }
}
