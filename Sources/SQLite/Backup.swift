import CSQLite

/// A copy of a database in the making, some pages at a time, while its connection goes on working.
///
/// Between two steps the connection may write; pages that were copied already are copied again with it. When
/// another connection writes, SQLite starts the copy over. See https://sqlite.org/backup.html.
public final class Backup {
  private let source: Connection
  private let target: Connection
  private let file: BackupFile
  private var handle: OpaquePointer?
  /// Whether the copy is complete and on the disk.
  public private(set) var isComplete = false
  /// Whether the copy was given up and its file deleted.
  public private(set) var isCancelled = false

  /// Begins a copy into a new file, by the same virtual file system; throws if there is one already.
  ///
  /// Only the owner of the new file may read it.
  public init(of source: Connection, to path: String) throws(SQLiteError) {
    let sourceHandle = try source.openHandle()
    self.source = source
    file = try BackupFile(creating: path, vfs: source.vfs)
    do {
      target = try Connection(path: path, vfs: source.vfs)
    } catch {
      file.delete()
      throw error
    }
    let targetHandle = try target.openHandle()
    handle = sqlite3_backup_init(targetHandle, "main", sourceHandle, "main")
    guard handle != nil else {
      let code = sqlite3_extended_errcode(targetHandle)
      let error = SQLiteError(connection: targetHandle, code: code, sql: nil)
      cancel()
      throw error
    }
  }

  deinit {
    cancel()
  }

  /// Copies up to so many pages, all if negative; true while there is more to copy.
  ///
  /// After `isBusy` it can be called again; after any other error the copy is gone.
  public func step(pages: Int32) throws(SQLiteError) -> Bool {
    guard let handle else { throw .misuse("the copy is finished or cancelled") }
    let code = sqlite3_backup_step(handle, pages)
    switch code & 0xFF {
    case SQLITE_OK: return true
    case SQLITE_DONE:
      try finish()
      return false
    case SQLITE_BUSY, SQLITE_LOCKED: throw SQLiteError(connection: nil, code: code, sql: nil)
    default:
      cancel()
      throw SQLiteError(connection: nil, code: code, sql: nil)
    }
  }

  /// How many pages the source has, as of the last step.
  public var pageCount: Int { handle.map { Int(sqlite3_backup_pagecount($0)) } ?? 0 }
  /// How many pages are still to be copied, as of the last step.
  public var remainingPages: Int { handle.map { Int(sqlite3_backup_remaining($0)) } ?? 0 }

  /// Gives up an incomplete copy and deletes its file; a complete one stays.
  public func cancel() {
    guard !isComplete, !isCancelled else { return }
    isCancelled = true
    if let handle { sqlite3_backup_finish(handle) }
    handle = nil
    try? target.close()
    file.delete()
  }

  private func finish() throws(SQLiteError) {
    let code = sqlite3_backup_finish(handle)
    handle = nil
    guard code == SQLITE_OK else {
      cancel()
      throw SQLiteError(connection: nil, code: code, sql: nil)
    }
    do {
      try target.close()
      try file.syncFolder()
    } catch {
      cancel()
      throw error
    }
    isComplete = true
  }
}

extension Connection {
  /// Copies the database, as this connection sees it, into a new file; throws if there is a file already.
  ///
  /// `progress` is told after each step how many pages remain and how many there are; it may write through
  /// this connection, and give the copy up by throwing. A copy that fails leaves no file. Its journal mode is
  /// that of the source, and it needs no other file to be complete.
  public func backup(
    to path: String, pagesPerStep: Int32 = 1024,
    progress: (_ remaining: Int, _ total: Int) throws -> Void = { _, _ in }
  ) throws {
    let backup = try Backup(of: self, to: path)
    do {
      while try backup.step(pages: pagesPerStep) {
        try progress(backup.remainingPages, backup.pageCount)
      }
    } catch {
      backup.cancel()
      throw error
    }
  }
}
