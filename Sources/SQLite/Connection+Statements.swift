import CSQLite

extension Connection {
  /// Gives the prepared statement of a literal, from the cache if it is free there.
  ///
  /// The cache knows a literal by its address and lends each statement to one holder at a time: as long as
  /// somebody holds it, a further call for the same SQL prepares a fresh one that is not cached. A statement
  /// that failed is prepared anew. Parameters are written `?1`, `?2` ….
  public func prepare(_ sql: StaticString) throws(SQLiteError) -> Statement {
    guard sql.hasPointerRepresentation else { return try prepareOnce(sql.description) }
    let text = UnsafeBufferPointer(start: sql.utf8Start, count: sql.utf8CodeUnitCount)
    let found = cache.take(sql.utf8Start)
    if case .free(let statement) = found { return statement }
    let statement = try Statement(
      connection: try openHandle(), sql: text, flags: UInt32(SQLITE_PREPARE_PERSISTENT))
    if case .absent = found { cache.insert(statement, for: sql.utf8Start) }
    return statement
  }

  /// Prepares SQL that is made at run time; the result is not cached.
  ///
  /// Never build values into the text: bind them.
  public func prepareOnce(_ sql: String) throws(SQLiteError) -> Statement {
    let handle = try openHandle()
    return try Self.withBytes(of: sql) { (text) throws(SQLiteError) in
      try Statement(connection: handle, sql: text, flags: 0)
    }
  }

  /// Runs one or many statements without parameters; the rows they give are not looked at.
  ///
  /// Stops at the first that fails; what ran before it stays unless a transaction is open.
  public func execute(_ sql: String) throws(SQLiteError) {
    let handle = try openHandle()
    try Self.withBytes(of: sql) { (text) throws(SQLiteError) in
      var rest = text
      while !rest.isEmpty {
        let (prepared, count) = try Statement.compile(connection: handle, sql: rest, flags: 0)
        rest = UnsafeBufferPointer(rebasing: rest[count...])
        if let prepared { try Statement(handle: prepared).runOnce() }
      }
    }
  }

  /// Runs a statement to its end.
  public func run(_ sql: StaticString, _ values: SQLValue...) throws(SQLiteError) {
    let statement = try prepare(sql)
    statement.bind(values)
    try statement.runOnce()
  }

  /// Lends each row of the answer to `each`, which ends the reading early by throwing.
  ///
  /// If the statement writes (`RETURNING`) and `each` throws, only a transaction around it undoes that.
  public func rows(
    _ sql: StaticString, _ values: SQLValue..., each: (Row) throws -> Void
  ) throws {
    let statement = try prepare(sql)
    defer { statement.reset() }
    statement.bind(values)
    while try statement.step() { try each(statement.row) }
  }

  /// Reads the first row of the answer; nil if there is none.
  @inlinable
  public func first<T>(
    _ sql: StaticString, _ values: SQLValue..., read: (Row) throws -> T
  ) throws -> T? {
    let statement = try prepare(sql)
    defer { statement.reset() }
    statement.bind(values)
    guard try statement.step() else { return nil }
    let result = try read(statement.row)
    try statement.finish()
    return result
  }

  /// The first column of the first row as an integer; nil for NULL or no row.
  public func integer(_ sql: StaticString, _ values: SQLValue...) throws(SQLiteError) -> Int64? {
    let statement = try prepare(sql)
    defer { statement.reset() }
    statement.bind(values)
    guard try statement.step() else { return nil }
    let result = statement.row.optionalInteger(0)
    try statement.finish()
    return result
  }

  /// The first column of the first row as a text; nil for NULL or no row.
  public func text(_ sql: StaticString, _ values: SQLValue...) throws(SQLiteError) -> String? {
    let statement = try prepare(sql)
    defer { statement.reset() }
    statement.bind(values)
    return try statement.firstText()
  }

  /// Runs `PRAGMA name`, or `PRAGMA name=value`, and gives the first value of its answer as a text.
  ///
  /// A pragma that SQLite does not know answers nothing and is no error (https://sqlite.org/pragma.html), so
  /// what was set has to be read back.
  public func pragma(_ name: String) throws(SQLiteError) -> String? {
    let statement = try prepareOnce("PRAGMA " + name)
    defer { statement.reset() }
    return try statement.firstText()
  }

  /// What `PRAGMA quick_check` has to complain about; empty for a sound file.
  ///
  /// Damage that keeps the check itself from reading is thrown as `isCorrupt` or `isNotADatabase`.
  public func integrityProblems() throws -> [String] {
    var problems: [String] = []
    try rows("PRAGMA quick_check") { row in
      let line = row.text(0)
      if line != "ok" { problems.append(line) }
    }
    return problems
  }

  /// Lends the UTF-8 bytes of SQL; a NUL, at which SQLite would stop reading in silence, is refused.
  private static func withBytes<T>(
    of sql: String, _ body: (UnsafeBufferPointer<UInt8>) throws(SQLiteError) -> T
  ) throws(SQLiteError) -> T {
    let bytes = Array(sql.utf8)
    guard !bytes.contains(0) else { throw .misuse("the SQL contains a NUL character") }
    return try bytes.withUnsafeBufferPointer(body)
  }
}
