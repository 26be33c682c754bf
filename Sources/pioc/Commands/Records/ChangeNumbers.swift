import JSON
import Records
import Replica
import Store
import Sync

/// A record's history with the numbers and names by which its changes are called here.
struct ChangeNumbers {
  /// The changes, newest first.
  let lines: [HistoryLine]
  /// What of them stands in the record.
  let past: RecordPast

  init(_ record: StoredRecord, _ replica: LocalReplica) throws {
    lines = try replica.history(of: record)
    let steps = lines.reversed().compactMap { line -> (change: Change, time: Int64)? in
      guard let change = line.change, line.fate == .pending || line.fate == .applied else { return nil }
      return (change, line.time ?? change.at)
    }
    past = RecordPast(record.state, steps: steps)
  }

  /// The number of a line: the oldest change that is known here is 1.
  func number(_ index: Int) -> Int { lines.count - index }

  /// The name of a line's change: the replica that wrote it, and its number there.
  static func name(_ line: HistoryLine) -> String { "\(line.replica)/\(line.n)" }

  /// The line that a person means by a number or a name.
  func line(_ word: String) -> HistoryLine? {
    if let number = Int(word) {
      return lines.indices.contains(lines.count - number) ? lines[lines.count - number] : nil
    }
    return lines.first { Self.name($0) == word.lowercased() }
  }
}
