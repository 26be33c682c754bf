/// What a file says about whose it is.
struct SchemaVersion {
  let userVersion: Int
  let applicationID: Int32
  let encoding: String
  /// Whether nobody put anything into the file yet.
  let isBlank: Bool

  /// Reads it in one statement, so that another process cannot come between.
  init(reading connection: Connection) throws(SQLiteError) {
    let statement = try connection.prepare(
      """
      SELECT (SELECT user_version FROM pragma_user_version),
        (SELECT application_id FROM pragma_application_id),
        (SELECT encoding FROM pragma_encoding),
        NOT EXISTS (SELECT 1 FROM sqlite_schema)
      """)
    defer { statement.reset() }
    guard try statement.step() else { throw .misuse("SQLite does not tell the version of the file") }
    let row = statement.row
    // Both are 32-bit numbers in the file's header (https://sqlite.org/fileformat2.html).
    userVersion = Int(row.integer(0))
    applicationID = Int32(truncatingIfNeeded: row.integer(1))
    encoding = row.text(2)
    isBlank = userVersion == 0 && applicationID == 0 && row.integer(3) == 1
  }

  /// Reads it on a connection that has read nothing yet, leaving no trace on the disk.
  ///
  /// A connection whose first access to a WAL file is not exclusive makes a file for shared memory and needs
  /// it from then on; so the first look is exclusive. If the file is not in WAL mode, the lock is let go.
  init(lookingAt connection: Connection) throws(SQLiteError) {
    let before = try connection.pragma("locking_mode")
    guard before == "normal", !connection.isReadOnly else {
      try self.init(reading: connection)
      return
    }
    _ = try connection.pragma("locking_mode=EXCLUSIVE")
    do throws(SQLiteError) {
      try self.init(reading: connection)
    } catch {
      _ = try? connection.pragma("locking_mode=NORMAL")
      throw error
    }
    guard try connection.pragma("journal_mode") != "wal" else { return }
    _ = try connection.pragma("locking_mode=NORMAL")
    // The lock goes with the next access, not before (https://sqlite.org/pragma.html#pragma_locking_mode).
    _ = try connection.pragma("schema_version")
  }
}
