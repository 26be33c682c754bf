import CSQLite

extension Connection {
  /// Makes durable what is to be read from the write-ahead log, by writing its bytes once more and syncing them.
  ///
  /// A process that was killed between writing and syncing leaves commits that its successor reads from the system's
  /// cache and takes for stored, though they may never have reached the disk; after a sync that failed the system even
  /// takes the pages for written (https://lwn.net/Articles/752063/), so that another sync alone would change nothing.
  /// Nobody else may have the file open, and nothing may have been written to it since it was opened. Without a log
  /// there is nothing to do.
  func makeLogDurable() throws(SQLiteError) {
    guard let log = try journalFile(), let methods = log.pointee.pMethods?.pointee else { return }
    var size: Int64 = 0
    try checkLog(methods.xFileSize(log, &size))
    guard size > 0 else { return }
    let chunk = UnsafeMutableRawPointer.allocate(byteCount: Self.chunkSize, alignment: 16)
    defer { chunk.deallocate() }
    for offset in stride(from: 0, to: size, by: Self.chunkSize) {
      let count = Int32(min(Int64(Self.chunkSize), size - offset))
      try checkLog(methods.xRead(log, chunk, count, offset))
      try checkLog(methods.xWrite(log, chunk, count, offset))
    }
    try checkLog(methods.xSync(log, SQLITE_SYNC_FULL))
  }

  private static var chunkSize: Int { 65_536 }

  /// The file of the write-ahead log or rollback journal, as SQLite has it open.
  private func journalFile() throws(SQLiteError) -> UnsafeMutablePointer<sqlite3_file>? {
    var file: UnsafeMutablePointer<sqlite3_file>?
    try checkLog(sqlite3_file_control(try openHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &file))
    return file
  }

  private func checkLog(_ code: Int32) throws(SQLiteError) {
    guard code == SQLITE_OK else { throw SQLiteError(code: code, message: "the write-ahead log cannot be made durable") }
  }
}
