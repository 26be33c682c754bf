import CSQLite
import Glibc

/// The file of a backup: made before SQLite opens it, so that no older file can be overwritten.
struct BackupFile {
  private let path: String
  private let vfs: String?

  /// Makes an empty file that only its owner can read.
  ///
  /// In a virtual file system that was asked for by name, this only checks that there is none: SQLite itself
  /// makes the file.
  init(creating path: String, vfs: String?) throws(SQLiteError) {
    self.path = try Connection.plainName(path)
    self.vfs = vfs
    if vfs != nil {
      try refuseExisting()
      return
    }
    let descriptor = open(self.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.cannotCreate(errno) }
    close(descriptor)
  }

  /// Deletes the file and what SQLite may have left beside it.
  func delete() {
    guard let system = sqlite3_vfs_find(vfs) else { return }
    for suffix in ["", "-journal", "-wal"] {
      _ = system.pointee.xDelete?(system, fullPath(system) + suffix, 0)
    }
  }

  /// Makes the file's name as durable as its content.
  func syncFolder() throws(SQLiteError) {
    guard vfs == nil else { return }
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw SQLiteError(code: SQLITE_IOERR, message: "the folder of the copy cannot be synced")
    }
  }

  private func refuseExisting() throws(SQLiteError) {
    guard let system = sqlite3_vfs_find(vfs) else {
      throw SQLiteError(code: SQLITE_CANTOPEN, message: "there is no such virtual file system")
    }
    var exists: Int32 = 1
    let code = system.pointee.xAccess?(system, fullPath(system), SQLITE_ACCESS_EXISTS, &exists)
    guard code == SQLITE_OK else { throw SQLiteError(connection: nil, code: code ?? SQLITE_IOERR, sql: nil) }
    guard exists == 0 else { throw Self.cannotCreate(EEXIST) }
  }

  /// The name under which SQLite itself asks a virtual file system for the file.
  private func fullPath(_ system: UnsafeMutablePointer<sqlite3_vfs>) -> String {
    let capacity = Int(system.pointee.mxPathname) + 1
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      guard let start = buffer.baseAddress,
        system.pointee.xFullPathname?(system, path, Int32(capacity), start) == SQLITE_OK
      else { return path }
      return String(cString: start)
    }
  }

  private static func cannotCreate(_ number: Int32) -> SQLiteError {
    let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
    return SQLiteError(code: SQLITE_CANTOPEN, message: "the file of the copy cannot be made: \(reason)")
  }
}
