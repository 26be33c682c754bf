import JSON
import Crypto
import SQLite
public import Sync

/// The states of the records.
public final class RecordTable {
  let connection: Connection
  private let isReplica: Bool

  init(_ connection: Connection, isReplica: Bool) {
    self.connection = connection
    self.isReplica = isReplica
  }

  /// A record by its id.
  public func find(_ id: RecordID) throws -> StoredRecord? {
    if isReplica {
      return try connection.first(
        "SELECT num, seq, last, hash, base, state, stale FROM record WHERE id = ?1", .bytes(id.bytes), read: Self.read)
    }
    return try connection.first(
      "SELECT num, seq, last, hash, base, state, 0 FROM record WHERE id = ?1", .bytes(id.bytes), read: Self.read)
  }

  /// A record by its number.
  public func find(num: Int64) throws -> StoredRecord? {
    if isReplica {
      return try connection.first(
        "SELECT num, seq, last, hash, base, state, stale FROM record WHERE num = ?1", .integer(num), read: Self.read)
    }
    return try connection.first(
      "SELECT num, seq, last, hash, base, state, 0 FROM record WHERE num = ?1", .integer(num), read: Self.read)
  }

  /// The number of a record, and its newest log row; 0 for none.
  public func place(_ id: RecordID) throws -> (num: Int64, last: Int64)? {
    try connection.first("SELECT num, last FROM record WHERE id = ?1", .bytes(id.bytes)) {
      ($0.integer(0), $0.integer(1))
    }
  }

  /// The canonical bytes of what a hub holds of a record, with the seq that they reflect.
  public func stateBytes(num: Int64) throws -> (record: RecordID, seq: Int64, bytes: [UInt8], isErased: Bool)? {
    try connection.first("SELECT seq, state, deleted, id FROM record WHERE num = ?1", .integer(num)) { row in
      guard let id = RecordID(bytes: row.bytes(3)) else { throw StoreError("the id of record \(num) is damaged") }
      return (id, row.integer(0), row.bytes(1), row.integer(2) == 2)
    }
  }

  /// A number that no record has.
  public func nextNumber() throws -> Int64 {
    try (connection.integer("SELECT max(num) FROM record") ?? 0) + 1
  }

  /// Stores a record's states and what follows from them.
  public func save(_ record: inout StoredRecord) throws {
    let shown = record.state.canonicalBytes()
    record.storedBytes = shown.count
    record.addedBytes = 0
    var baseBytes: [UInt8]?
    switch record.base {
    case .none: record.baseHash = nil
    case .shown: record.baseHash = SHA256.hash(shown)
    case .apart(let base):
      let bytes = base.canonicalBytes()
      baseBytes = bytes
      record.baseHash = SHA256.hash(bytes)
    }
    if record.isStored {
      try update(record, shown: shown, base: baseBytes)
    } else {
      try insert(record, shown: shown, base: baseBytes)
      record.isStored = true
    }
  }

  /// Reads every record, by number.
  public func each(_ body: (StoredRecord) throws -> Void) throws {
    if isReplica {
      try connection.rows("SELECT num, seq, last, hash, base, state, stale FROM record ORDER BY num") {
        try body(try Self.read($0))
      }
    } else {
      try connection.rows("SELECT num, seq, last, hash, base, state, 0 FROM record ORDER BY num") {
        try body(try Self.read($0))
      }
    }
  }

  /// Removes a record and nothing else.
  public func remove(num: Int64) throws {
    try connection.run("DELETE FROM record WHERE num = ?1", .integer(num))
  }

  private func insert(_ record: StoredRecord, shown: [UInt8], base: [UInt8]?) throws {
    let statement = try connection.prepare(
      """
      INSERT INTO record(num, seq, last, hash, base, state, deleted, conflicts, id, kind)
      VALUES(?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?2, ?10)
      """)
    defer { statement.reset() }
    statement.bind(1, record.num)
    statement.bind(2, record.state.record.bytes)
    statement.bind(10, textBytes: record.state.kind.bytes)
    Self.bindStates(statement, record, shown: shown, base: base)
    _ = try statement.step()
  }

  private func update(_ record: StoredRecord, shown: [UInt8], base: [UInt8]?) throws {
    let statement = try connection.prepare(
      """
      UPDATE record SET seq = ?3, last = ?4, hash = ?5, base = ?6, state = ?7, deleted = ?8, conflicts = ?9, kind = ?10
      WHERE num = ?1
      """)
    defer { statement.reset() }
    statement.bind(1, record.num)
    statement.bind(10, textBytes: record.state.kind.bytes)
    Self.bindStates(statement, record, shown: shown, base: base)
    _ = try statement.step()
    guard connection.changes == 1 else { throw StoreError("record \(record.num) is not there to be updated") }
  }

  private static func bindStates(_ statement: Statement, _ record: StoredRecord, shown: [UInt8], base: [UInt8]?) {
    statement.bind(3, record.seq)
    statement.bind(4, record.last)
    if let hash = record.baseHash { statement.bind(5, hash.bytes) } else { statement.bindNull(5) }
    if let base { statement.bind(6, base) } else { statement.bindNull(6) }
    statement.bind(7, shown)
    statement.bind(8, lifeCode(record.state))
    statement.bind(9, Int64(record.state.conflicts().count))
  }

  /// 0 live, 1 deleted, 2 erased, 3 nothing left (a creation that was refused).
  private static func lifeCode(_ state: RecordState) -> Int64 {
    state.isErased ? 2 : state.cells.isEmpty ? 3 : state.isDeleted ? 1 : 0
  }

  private static func read(_ row: Row) throws -> StoredRecord {
    var record = StoredRecord(num: row.integer(0), state: try RecordState(storedBytes: row.bytes(5)[...]))
    record.isStored = true
    record.storedBytes = row.withBytes(5) { $0.count }
    record.seq = row.integer(1)
    record.last = row.integer(2)
    if let bytes = row.optionalBytes(3) {
      guard let hash = Digest(bytes: bytes) else { throw StoreError("the hash of record \(record.num) is damaged") }
      record.baseHash = hash
    }
    if let base = row.optionalBytes(4) {
      record.base = .apart(try RecordState(storedBytes: base[...]))
    } else if record.baseHash != nil {
      record.base = .shown
    }
    record.isStale = row.integer(6) != 0
    return record
  }
}
