import Crypto
public import SQLite
public import Sync

/// The ordered list of changes that a hub or a replica holds.
public final class LogTable {
  let connection: Connection

  init(_ connection: Connection) { self.connection = connection }

  /// The last place in the log; 0 when it is empty.
  public func lastPosition() throws -> Int64 {
    try connection.integer("SELECT max(pos) FROM log") ?? 0
  }

  /// Appends a row.
  ///
  /// - Parameters:
  ///   - row: the row; its place must be free.
  ///   - body: the canonical bytes, unless only the dot and hash are kept.
  public func append(_ row: LogRow, body: [UInt8]?) throws {
    let statement = try connection.prepare(
      """
      INSERT INTO log(pos, seq, replica, n, record, prev, time, hash, chain, fate, flags, body)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
      """)
    statement.bind(1, row.pos)
    if let seq = row.seq { statement.bind(2, seq) }
    statement.bind(3, row.replica)
    statement.bind(4, row.n)
    statement.bind(5, row.record)
    statement.bind(6, row.prev)
    statement.bind(7, row.time)
    statement.bind(9, Int64(bitPattern: row.chain))
    statement.bind(10, row.fate.rawValue)
    statement.bind(11, row.flags)
    // Lent, not copied: bound, stepped and reset while the memory stands still.
    try row.hash.withBytes { hash in
      statement.bindBorrowed(8, hash)
      guard let body else { return try statement.runOnce() }
      try body.withUnsafeBytes { bytes in
        statement.bindBorrowed(12, bytes)
        try statement.runOnce()
      }
    }
  }

  /// The row at a place.
  public func row(_ pos: Int64) throws -> LogRow? {
    try connection.first(
      "SELECT pos, seq, replica, n, record, prev, time, hash, chain, fate, flags FROM log WHERE pos = ?1",
      .integer(pos), read: Self.read)
  }

  /// The row of a dot.
  public func row(replica: Int64, n: Int64) throws -> LogRow? {
    try connection.first(
      """
      SELECT pos, seq, replica, n, record, prev, time, hash, chain, fate, flags FROM log
      WHERE replica = ?1 AND n = ?2
      """, .integer(replica), .integer(n), read: Self.read)
  }

  /// The last number of a replica; 0 if the log holds nothing of it.
  public func lastNumber(of replica: Int64) throws -> Int64 {
    try connection.integer("SELECT max(n) FROM log WHERE replica = ?1", .integer(replica)) ?? 0
  }

  /// The canonical bytes at a place; `nil` where only the dot is kept.
  public func body(_ pos: Int64) throws -> [UInt8]? {
    try connection.first("SELECT body FROM log WHERE pos = ?1", .integer(pos)) { $0.optionalBytes(0) } ?? nil
  }

  /// The first bytes of the chain at a place; place 0 has the start's.
  public func chain(at pos: Int64) throws -> UInt64? {
    if pos == 0 { return Chain.start.prefix }
    return try connection.integer("SELECT chain FROM log WHERE pos = ?1", .integer(pos)).map { UInt64(bitPattern: $0) }
  }

  /// The rows of one record, newest first, from a place on.
  public func history(from last: Int64, each: (LogRow) throws -> Bool) throws {
    var pos = last
    while pos > 0, let row = try row(pos) {
      guard try each(row) else { return }
      // A row that does not stand before its successor would make this loop endless.
      guard row.prev < pos else { throw StoreError("the history of record \(row.record) does not go back in time") }
      pos = row.prev
    }
  }

  /// Why a change was refused.
  public func verdict(_ pos: Int64) throws -> Rejection? {
    try connection.first("SELECT code, detail FROM verdict WHERE pos = ?1", .integer(pos)) { row in
      Rejection(ProblemCode(rawValue: row.text(0)) ?? .badChange, row.text(1))
    }
  }

  /// Remembers why a change was refused.
  public func setVerdict(_ pos: Int64, _ rejection: Rejection) throws {
    try connection.run(
      """
      INSERT INTO verdict(pos, code, detail) VALUES(?1, ?2, ?3)
      ON CONFLICT(pos) DO UPDATE SET code = excluded.code, detail = excluded.detail
      """, .integer(pos), .text(rejection.code.rawValue), .text(rejection.detail))
  }

  /// Nobody has to be told any more why a change was refused.
  public func forgetVerdict(_ pos: Int64) throws {
    try connection.run("DELETE FROM verdict WHERE pos = ?1", .integer(pos))
  }

  /// Remembers where a name stands whose change was written again under another dot.
  public func setName(_ name: ChangeName, replica: Int64, pos: Int64) throws {
    try connection.run(
      "INSERT OR IGNORE INTO renamed(replica, n, hash, pos) VALUES(?1, ?2, ?3, ?4)",
      .integer(replica), .integer(name.n), .integer(Int64(bitPattern: name.hash)), .integer(pos))
  }

  /// Whether any change was written again under another dot.
  public func hasNames() throws -> Bool {
    try connection.integer("SELECT EXISTS(SELECT 1 FROM renamed)") == 1
  }

  /// Where a name stands: at its first dot, or where it was written again.
  public func position(of name: ChangeName, replica: Int64) throws -> Int64? {
    if let row = try row(replica: replica, n: name.n), row.hash.prefix == name.hash { return row.pos }
    return try rewrittenPosition(of: name, replica: replica)
  }

  /// Where a change was written again under another dot.
  public func rewrittenPosition(of name: ChangeName, replica: Int64) throws -> Int64? {
    try connection.integer(
      "SELECT pos FROM renamed WHERE replica = ?1 AND n = ?2 AND hash = ?3",
      .integer(replica), .integer(name.n), .integer(Int64(bitPattern: name.hash)))
  }

  /// The name under which a row's change is known: that of its first dot.
  public func name(of row: LogRow, _ replicas: ReplicaNames) throws -> ChangeName {
    let former = try connection.first(
      "SELECT replica, n, hash FROM renamed WHERE pos = ?1", .integer(row.pos)
    ) { (replica: $0.integer(0), n: $0.integer(1), hash: UInt64(bitPattern: $0.integer(2))) }
    if let former { return ChangeName(replica: try replicas.id(former.replica), n: former.n, hash: former.hash) }
    return ChangeName(replica: try replicas.id(row.replica), n: row.n, hash: row.hash.prefix)
  }

  /// Forgets the bytes of a change for good; its dot and hash stay.
  public func forgetBody(_ pos: Int64, fate: LogRow.Fate = .erased) throws {
    // At a hub an applied change may have lost its bytes already, and travels as its record's state.
    try connection.run(
      """
      UPDATE log SET body = NULL, fate = ?2, flags = flags & 1
      WHERE pos = ?1 AND (body IS NOT NULL OR fate = 1 AND flags & 1)
      """, .integer(pos), .integer(fate.rawValue))
  }

  /// Puts the bytes of a change back where they were forgotten with its record, which has come again.
  public func restoreBody(_ pos: Int64, _ body: [UInt8]) throws {
    try connection.run("UPDATE log SET body = ?2 WHERE pos = ?1", .integer(pos), .bytes(body))
  }

  /// Gives up the dot of a row, which the hub's present history has given to another change; its place in its record's
  /// chain stays.
  ///
  /// Its bytes go, unless it was refused and still waits for its writer.
  public func retire(_ row: LogRow) throws {
    guard try verdict(row.pos) == nil else {
      return try connection.run(
        "UPDATE log SET replica = -pos, seq = NULL, fate = ?2, flags = 0 WHERE pos = ?1", .integer(row.pos),
        .integer(LogRow.Fate.rejected.rawValue))
    }
    try connection.run(
      "UPDATE log SET replica = -pos, body = NULL, fate = ?2, flags = 0 WHERE pos = ?1",
      .integer(row.pos), .integer(LogRow.Fate.erased.rawValue))
  }

  /// Writes a row under another dot, as a change that no hub has accepted yet.
  public func rewrite(_ row: LogRow, as change: Change, replica: Int64) throws {
    try connection.run(
      """
      UPDATE log SET replica = ?2, n = ?3, hash = ?4, body = ?5, seq = NULL, time = 0, fate = 0 WHERE pos = ?1
      """, .integer(row.pos), .integer(replica), .integer(change.n), .bytes(change.hash.bytes), .bytes(change.bytes))
  }

  /// The own changes to a record that its base does not hold, oldest first, with their bytes.
  public func outside(record: Int64) throws -> [(LogRow, [UInt8]?)] {
    var found: [(LogRow, [UInt8]?)] = []
    try connection.rows(
      """
      SELECT pos, seq, replica, n, record, prev, time, hash, chain, fate, flags, body FROM log
      WHERE record = ?1 AND flags >= 2 ORDER BY pos
      """, .integer(record)
    ) { found.append((try Self.read($0), $0.optionalBytes(11))) }
    return found
  }

  /// Writes a row's seq, time, fate and flags again.
  public func update(_ row: LogRow) throws {
    try connection.run(
      "UPDATE log SET seq = ?2, time = ?3, fate = ?4, flags = ?5 WHERE pos = ?1",
      .integer(row.pos), SQLValue(row.seq), .integer(row.time), .integer(row.fate.rawValue), .integer(row.flags))
  }

  /// Reads a row of the eleven columns before `body`, in their order.
  public static func read(_ row: Row) throws -> LogRow {
    let hash = row.withBytes(7) { Digest(bytes: Array($0)) }
    guard let hash, let fate = LogRow.Fate(rawValue: row.integer(9)) else {
      throw StoreError("row \(row.integer(0)) of the log is damaged")
    }
    let flags = row.integer(10)
    return LogRow(
      pos: row.integer(0), seq: row.optionalInteger(1), replica: row.integer(2), n: row.integer(3),
      record: row.integer(4), prev: row.integer(5), time: row.integer(6), hash: hash,
      chain: UInt64(bitPattern: row.integer(8)), fate: fate, travelsAsState: flags & 1 != 0, isOutside: flags & 2 != 0)
  }
}
