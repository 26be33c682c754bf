import Crypto
public import JSON
import Records
import SQLite
public import Store
public import Sync

/// One line of a list of records.
public struct RecordLine: Sendable {
  /// The record.
  public let id: RecordID
  /// Its kind.
  public let kind: Text
  /// What it is called.
  public let title: String
  /// What lists are sorted by: a date, or a folded name.
  public let sort: String
  /// How many conflicts are open.
  public let conflicts: Int64
  /// Whether own changes to it are not in the hub's log yet.
  public let hasPending: Bool
}

extension LocalReplica {
  /// The records in conflict.
  public func inConflict() throws -> [RecordLine] {
    var lines: [RecordLine] = []
    try store.connection.rows(
      """
      SELECT id, kind, title, sort, conflicts,
        EXISTS(SELECT 1 FROM log WHERE log.record = record.num AND log.flags >= 2)
      FROM record WHERE conflicts > 0 ORDER BY num
      """
    ) { lines.append(try Self.line($0)) }
    return lines
  }

  /// The record whose id begins so; deleted ones count too, so that they can be restored.
  ///
  /// - Throws: ``ReplicaError/noSuchRecord(_:)`` or ``ReplicaError/ambiguous(_:_:)``.
  public func find(prefix: String, kind: Text? = nil) throws -> StoredRecord {
    guard let (low, high) = Self.range(ofPrefix: prefix) else { throw ReplicaError.noSuchRecord(prefix) }
    var found: [RecordID] = []
    try store.connection.rows(
      """
      SELECT id FROM record WHERE id BETWEEN ?1 AND ?2 AND deleted < 3 AND (?3 IS NULL OR kind = ?3)
      ORDER BY id LIMIT 11
      """, .bytes(low), .bytes(high), SQLValue(kind?.string)
    ) { row in
      if let id = RecordID(bytes: row.bytes(0)) { found.append(id) }
    }
    guard let first = found.first else { throw ReplicaError.noSuchRecord(prefix) }
    guard found.count == 1 else { throw ReplicaError.ambiguous(prefix, found) }
    guard let record = try store.records.find(first) else { throw ReplicaError.noSuchRecord(prefix) }
    return record
  }

  /// The range of ids that begin so, which the index on them answers; `nil` if no id can.
  static func range(ofPrefix prefix: String) -> (low: [UInt8], high: [UInt8])? {
    let wanted = Array(prefix.lowercased().utf8).filter { $0 != UInt8(ascii: "-") }
    let isHex = wanted.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    guard isHex, (1...32).contains(wanted.count) else { return nil }
    let missing = 32 - wanted.count
    guard let low = Hex.decode(wanted + Array(repeating: UInt8(ascii: "0"), count: missing)),
      let high = Hex.decode(wanted + Array(repeating: UInt8(ascii: "f"), count: missing))
    else { return nil }
    return (low, high)
  }

  /// The records that point to a record, with the field that does; nothing of this is stored in the record itself.
  public func references(to id: RecordID) throws -> [(field: Text, line: RecordLine)] {
    var found: [(field: Text, line: RecordLine)] = []
    try store.connection.rows(
      """
      SELECT id, kind, title, sort, conflicts, 0, field FROM reference JOIN record ON record.num = reference.source
      WHERE target = ?1 AND deleted = 0 ORDER BY kind, sort
      """, .bytes(id.bytes)
    ) { found.append((Text($0.text(6)), try Self.line($0))) }
    return found
  }

  /// The record that was imported from a source under this id.
  public func imported(from source: Text) throws -> RecordID? {
    try store.connection.first(
      "SELECT id FROM origin JOIN record ON record.num = origin.record WHERE source = ?1 ORDER BY record.num LIMIT 1",
      .text(source.string)
    ) { RecordID(bytes: $0.bytes(0)) } ?? nil
  }

  /// The changes to a record that this replica holds, newest first; those that came as states are not among them.
  public func history(of record: StoredRecord) throws -> [HistoryLine] {
    var lines: [HistoryLine] = []
    try store.log.history(from: record.last) { row in
      let change = try store.log.body(row.pos).map { try Change(bytes: $0) }
      // Of a dot that was given up only what a person still has to see is told.
      guard !row.isRetired || change != nil else { return true }
      lines.append(
        HistoryLine(
          replica: try change?.replica ?? store.replicas.id(row.replica), n: row.n, seq: row.seq,
          time: row.time == 0 ? nil : row.time, fate: row.fate, change: change, verdict: try store.log.verdict(row.pos))
      )
      return true
    }
    return lines
  }

  static func line(_ row: Row) throws -> RecordLine {
    guard let id = RecordID(bytes: row.bytes(0)) else { throw StoreError("the id of a record is damaged") }
    return RecordLine(
      id: id, kind: Text(row.text(1)), title: row.text(2), sort: row.text(3), conflicts: row.integer(4),
      hasPending: row.integer(5) != 0)
  }
}

/// One change in a record's history.
public struct HistoryLine: Sendable {
  /// The replica that wrote it.
  public let replica: ReplicaID
  /// Its number there.
  public let n: Int64
  /// Its place in the hub's log, where known.
  public let seq: Int64?
  /// When the hub accepted it, in milliseconds, where known.
  public let time: Int64?
  /// What became of it.
  public let fate: LogRow.Fate
  /// The change, unless only its dot is kept.
  public let change: Change?
  /// Why it was refused, if it was.
  public let verdict: Rejection?
}
