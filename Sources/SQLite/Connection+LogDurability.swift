import CSQLite

extension Connection {
  /// Syncs what is to be read from the write-ahead log.
  ///
  /// A process that was killed between writing and syncing leaves commits that its successor reads from the system's
  /// cache and takes for stored, though they may never have reached the disk. Without a log there is nothing to do.
  ///
  /// After a sync that failed this changes nothing: the system may take the pages for written then
  /// (https://lwn.net/Articles/752063/). Writing them once more in place would put what is durable at stake.
  func makeLogDurable() throws(SQLiteError) {
    var log: UnsafeMutablePointer<sqlite3_file>?
    // The log's file, as SQLite has it open (https://sqlite.org/c3ref/c_fcntl_begin_atomic_write.html).
    let found = sqlite3_file_control(try openHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log)
    guard found == SQLITE_OK else { throw SQLiteError(code: found, message: "the write-ahead log cannot be found") }
    guard let log, let methods = log.pointee.pMethods else { return }
    let synced = methods.pointee.xSync(log, SQLITE_SYNC_FULL)
    guard synced == SQLITE_OK else { throw SQLiteError(code: synced, message: "the write-ahead log cannot be synced") }
  }
}
