import Crypto

/// What a hub's log says, whatever its tables of records say.
struct HubHistory {
  /// The hub's id.
  let hub: [UInt8]
  /// The rows; the one with seq k at k − 1.
  let entries: [FileEntry]
  /// The first position of each name.
  private let arrivals: [NaiveName: Int64]
  private let records: [[UInt8]: RecordHistory]

  init(_ file: OracleFile) {
    hub = file.settings["hub"] ?? []
    entries = file.entries
    var arrivals: [NaiveName: Int64] = [:]
    for entry in file.entries where entry.fate != .marker && arrivals[entry.name] == nil {
      arrivals[entry.name] = entry.pos
    }
    self.arrivals = arrivals
    var records: [[UInt8]: RecordHistory] = [:]
    for entry in file.entries where entry.fate == .applied {
      guard let change = entry.change else { continue }
      records[change.record, default: RecordHistory(change.record, kind: change.kind)].take(entry, change)
    }
    let rows = Dictionary(file.records.map { ($0.num, $0) }) { first, _ in first }
    for entry in file.entries where entry.fate == .marker {
      guard let row = rows[entry.record] else { continue }
      records[row.id, default: RecordHistory(row.id, kind: row.kind)].erase(at: entry.pos)
    }
    for id in records.keys { records[id]?.end { arrivals[$0] } }
    self.records = records
  }

  /// The last seq.
  var head: Int64 { Int64(entries.count) }

  /// The row of a seq.
  subscript(seq: Int64) -> FileEntry? {
    seq >= 1 && seq <= head ? entries[Int(seq - 1)] : nil
  }

  /// Where a name came first.
  func arrival(_ name: NaiveName) -> Int64? { arrivals[name] }

  /// A record; nil if no change to it was applied.
  func record(_ id: [UInt8]) -> RecordHistory? { records[id] }

  /// All records.
  var all: some Collection<RecordHistory> { records.values }

  /// Whether a point, written as a cursor, is one of this history; nil if it lies beyond what is known of it.
  func holds(_ cursor: OracleCursor) -> Bool? {
    guard cursor.hub == hub else { return false }
    if cursor.seq == 0 { return cursor.chain == 0 }
    guard let entry = self[cursor.seq] else { return nil }
    return UInt64(bitPattern: entry.chain) == cursor.chain
  }
}
