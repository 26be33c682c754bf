extension Connection {
  /// Runs `body` as one transaction: all of it is stored durably, or nothing.
  ///
  /// It takes the write lock at once (`BEGIN IMMEDIATE`): a transaction that reads first and writes later
  /// can fail with `isBusy` in a way that no waiting cures. When `body` throws, the transaction is rolled
  /// back and that error is thrown; when the commit fails, likewise. There is no nesting: a transaction
  /// inside a transaction throws, and the outer one goes on.
  ///
  /// `body` must not go on after an error of SQLite's own (disk full, input/output): SQLite may have rolled
  /// back by itself (https://sqlite.org/lang_transaction.html), and what follows would not be inside.
  @inlinable
  public func transaction<T>(_ body: () throws -> T) throws -> T {
    try begin()
    do {
      let result = try body()
      try commit()
      return result
    } catch {
      // The first error is the one to tell; SQLite may have rolled back by itself.
      if isInTransaction { try? rollback() }
      throw error
    }
  }

  /// Begins a transaction and takes the write lock.
  public func begin() throws(SQLiteError) { try run("BEGIN IMMEDIATE") }

  /// Makes the open transaction durable; when this throws `isBusy`, the transaction is still open.
  public func commit() throws(SQLiteError) { try run("COMMIT") }

  /// Undoes the open transaction.
  public func rollback() throws(SQLiteError) { try run("ROLLBACK") }
}
