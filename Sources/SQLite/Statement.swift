import CSQLite

/// A prepared statement.
///
/// Hot paths bind and step it by hand. `defer { statement.reset() }` is then the caller's duty: a statement
/// that is not reset keeps its locks. A failed `bind` is thrown by the next `step()`.
///
/// A statement that writes and gives rows (`RETURNING`) must be stepped to its end, see `finish()`.
public final class Statement {
  let handle: OpaquePointer
  /// Whether a step failed; the cache then drops the statement.
  private(set) var hasFailed = false
  /// Whether nothing was bound or stepped since the last reset.
  private(set) var isClean = true
  /// Whether the last step was the last one: SQLite would start all over with the next.
  private var isFinished = false
  private var bindingFailure: SQLiteError?

  /// Takes over a handle of SQLite and finalizes it in the end.
  init(handle: OpaquePointer) {
    self.handle = handle
  }

  /// Prepares exactly one statement.
  init(connection: OpaquePointer, sql: UnsafeBufferPointer<UInt8>, flags: UInt32) throws(SQLiteError) {
    let (first, count) = try Self.compile(connection: connection, sql: sql, flags: flags)
    guard let first else { throw .misuse("there is no statement in the SQL") }
    handle = first
    var rest = UnsafeBufferPointer(rebasing: sql[count...])
    while !rest.isEmpty {
      // Blanks and comments compile to nothing; a second statement would otherwise never run, in silence.
      let (extra, count) = try Self.compile(connection: connection, sql: rest, flags: 0)
      guard extra == nil else {
        sqlite3_finalize(extra)
        throw .misuse("there is more than one statement in the SQL", sql: text)
      }
      rest = UnsafeBufferPointer(rebasing: rest[count...])
    }
  }

  deinit {
    sqlite3_finalize(handle)
  }

  /// Goes on to the next row; false when there is none left and the statement has done its work.
  ///
  /// After that, or after an error, it must be reset before it can run again.
  public func step() throws(SQLiteError) -> Bool {
    if let bindingFailure { throw bindingFailure }
    // sqlite3_step() would quietly run the statement a second time.
    guard !isFinished else { throw .misuse("the statement has to be reset first", sql: text) }
    isClean = false
    let code = sqlite3_step(handle)
    guard code != SQLITE_ROW else { return true }
    isFinished = true
    guard code == SQLITE_DONE else { throw failure(code) }
    return false
  }

  /// The current row; what is read from it holds until the next step or reset.
  public var row: Row { Row(statement: self) }

  /// Ends the run, lets go of the locks, and sets all parameters to NULL.
  public func reset() {
    // sqlite3_reset() repeats the error of the last step, which was thrown there.
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
    bindingFailure = nil
    isFinished = false
    isClean = true
  }

  /// Steps to the end and resets, whatever happens.
  public func runOnce() throws(SQLiteError) {
    defer { reset() }
    while try step() {}
  }

  /// Steps a statement that writes to its end; one that only reads needs no end.
  ///
  /// Outside a transaction the end of a writing statement is its commit. If it were reset after its first
  /// row, a failure of that commit would only be the result of `sqlite3_reset`, and nobody would hear of it.
  public func finish() throws(SQLiteError) {
    guard sqlite3_stmt_readonly(handle) == 0, !isFinished else { return }
    while try step() {}
  }

  /// The first column of the first row as a text.
  func firstText() throws(SQLiteError) -> String? {
    guard try step() else { return nil }
    let result = row.optionalText(0)
    try finish()
    return result
  }

  /// The SQL with its parameters unexpanded.
  var text: String {
    sqlite3_sql(handle).map { String(cString: $0) } ?? ""
  }

  /// Marks that a bind is under way, which the cache must undo, and keeps its error for the next step.
  func noteBinding(_ code: Int32) {
    isClean = false
    guard code != SQLITE_OK, bindingFailure == nil else { return }
    bindingFailure = SQLiteError(connection: sqlite3_db_handle(handle), code: code, sql: text)
  }

  /// Keeps an error for the next step.
  func noteFailure(_ error: SQLiteError) {
    isClean = false
    bindingFailure = bindingFailure ?? error
  }

  private func failure(_ code: Int32) -> SQLiteError {
    hasFailed = true
    let hasValues = sqlite3_bind_parameter_count(handle) > 0
    return SQLiteError(
      connection: sqlite3_db_handle(handle), code: code, sql: text, mayQuoteValues: hasValues)
  }

  /// Compiles the first statement of a text; gives no handle for blanks and comments.
  static func compile(
    connection: OpaquePointer, sql: UnsafeBufferPointer<UInt8>, flags: UInt32
  ) throws(SQLiteError) -> (handle: OpaquePointer?, byteCount: Int) {
    guard let length = Int32(exactly: sql.count), let start = sql.baseAddress else {
      throw SQLiteError(code: SQLITE_TOOBIG, message: "the SQL is empty or too long")
    }
    return try start.withMemoryRebound(to: CChar.self, capacity: sql.count) { (start) throws(SQLiteError) in
      var handle: OpaquePointer?
      var tail: UnsafePointer<CChar>?
      let code = sqlite3_prepare_v3(connection, start, length, flags, &handle, &tail)
      guard code == SQLITE_OK else {
        throw SQLiteError(connection: connection, code: code, sql: String(decoding: sql, as: UTF8.self))
      }
      let count = tail.map { $0 - start } ?? sql.count
      return (handle, count > 0 ? count : sql.count)
    }
  }
}

@available(*, unavailable, message: "a statement belongs to the thread of its connection")
extension Statement: Sendable {}
