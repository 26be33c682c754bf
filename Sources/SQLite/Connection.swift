import CSQLite

/// One connection to one file.
///
/// It is not `Sendable`: it belongs to one thread at a time, and SQLite is opened without its own locks
/// (`SQLITE_OPEN_NOMUTEX`). It is opened for files that may come from anybody: as
/// https://sqlite.org/security.html asks, the schema is not trusted, the database's own tables cannot be
/// written (`DEFENSIVE`), cells are checked when pages are read, and `"x"` is never a string.
///
/// Opening reads nothing yet. What follows is, in this order: `busyTimeout(milliseconds:)` if other processes
/// use the file; `Migrations.check(_:)`, which refuses a file that is not ours before a byte of it changes;
/// `JournalProfile.apply(to:)`; `Migrations.run(_:)`.
///
/// ## Topics
/// - Running SQL: `run(_:_:)`, `rows(_:_:each:)`, `first(_:_:read:)`, `integer(_:_:)`, `text(_:_:)`
/// - Hot paths: `prepare(_:)`, ``Statement``, ``Row``
/// - SQL made at run time: `execute(_:)`, `prepareOnce(_:)`
/// - Transactions: `transaction(_:)`
/// - Looking after the file: `integrityProblems()`, `backup(to:pagesPerStep:progress:)`
public final class Connection {
  /// The name of the virtual file system; nil for the operating system's files.
  public let vfs: String?

  private var handle: OpaquePointer?
  var cache = StatementCache(capacity: 256)

  /// Opens a file with extended result codes and without trust in its schema.
  ///
  /// A path is always a path: `file:…` is no URI here, and `:memory:` and the empty path, which SQLite takes
  /// for databases that vanish, are refused.
  public init(
    path: String, vfs: String? = nil, mode: OpenMode = .readWriteCreate
  ) throws(SQLiteError) {
    self.vfs = vfs
    handle = try Self.open(path: path, vfs: vfs, mode: mode)
    // From here on `deinit` closes, also when what follows throws.
    try set(SQLITE_DBCONFIG_DEFENSIVE, to: true)
    try set(SQLITE_DBCONFIG_TRUSTED_SCHEMA, to: false)
    try set(SQLITE_DBCONFIG_DQS_DML, to: false)
    try set(SQLITE_DBCONFIG_DQS_DDL, to: false)
    try execute("PRAGMA cell_size_check = ON")
  }

  deinit {
    cache.removeAll()
    // Statements that somebody still holds keep a "zombie" alive (https://sqlite.org/c3ref/close.html).
    sqlite3_close_v2(handle)
  }

  /// Closes the file; an open transaction is rolled back.
  ///
  /// Throws, and leaves the connection open, while somebody still holds one of its statements or an
  /// unfinished backup. Closing twice is fine.
  public func close() throws(SQLiteError) {
    guard let handle else { return }
    cache.removeAll()
    let code = sqlite3_close(handle)
    guard code == SQLITE_OK else { throw SQLiteError(connection: handle, code: code, sql: nil) }
    self.handle = nil
  }

  /// How long a statement waits for another connection's lock before it fails with `isBusy`.
  public func busyTimeout(milliseconds: Int32) {
    guard let handle else { return }
    sqlite3_busy_timeout(handle, milliseconds)
  }

  /// The raw connection; throws when it is closed.
  func openHandle() throws(SQLiteError) -> OpaquePointer {
    guard let handle else { throw .misuse("the connection is closed") }
    return handle
  }

  /// Turns one of the `SQLITE_DBCONFIG_…` switches and checks that it turned.
  func set(_ option: Int32, to isOn: Bool) throws(SQLiteError) {
    var current: Int32 = -1
    let code = csqlite_db_config_switch(try openHandle(), option, isOn ? 1 : 0, &current)
    guard code == SQLITE_OK, current == (isOn ? 1 : 0) else {
      throw SQLiteError(code: SQLITE_ERROR, message: "SQLite does not know the switch \(option)")
    }
  }

  private static func open(path: String, vfs: String?, mode: OpenMode) throws(SQLiteError) -> OpaquePointer {
    var handle: OpaquePointer?
    let name = mode == .memory ? ":memory:" : try plainName(path)
    let flags = mode.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = sqlite3_open_v2(name, &handle, flags, vfs)
    guard code == SQLITE_OK, let handle else {
      let error = SQLiteError(connection: handle, code: code, sql: nil)
      sqlite3_close_v2(handle)
      throw error
    }
    return handle
  }

  /// Keeps SQLite from reading more into a path than a path.
  static func plainName(_ path: String) throws(SQLiteError) -> String {
    guard !path.isEmpty, path != ":memory:", !path.utf8.contains(0) else {
      throw SQLiteError(code: SQLITE_CANTOPEN, message: "not the path of a file")
    }
    return path.hasPrefix("file:") ? "./" + path : path
  }
}

extension Connection {
  /// Whether a transaction is open; SQLite itself may have ended one after an error.
  public var isInTransaction: Bool {
    guard let handle else { return false }
    return sqlite3_get_autocommit(handle) == 0
  }

  /// Whether the file cannot be written through this connection.
  public var isReadOnly: Bool {
    guard let handle else { return true }
    return sqlite3_db_readonly(handle, "main") != 0
  }

  /// How many rows the last INSERT, UPDATE or DELETE changed, triggers not counted.
  public var changes: Int {
    guard let handle else { return 0 }
    return Int(sqlite3_changes64(handle))
  }

  /// How many rows were changed since opening, triggers included.
  public var totalChanges: Int {
    guard let handle else { return 0 }
    return Int(sqlite3_total_changes64(handle))
  }

  /// The rowid of the last row inserted through this connection; 0 before the first.
  public var lastInsertRowID: Int64 {
    guard let handle else { return 0 }
    return sqlite3_last_insert_rowid(handle)
  }

  /// The version of the SQLite library at run time, for example "3.40.1".
  public static var libraryVersion: String { String(cString: sqlite3_libversion()) }
}

@available(*, unavailable, message: "a connection belongs to one thread at a time")
extension Connection: Sendable {}

extension OpenMode {
  /// The flags of `sqlite3_open_v2`.
  fileprivate var flags: Int32 {
    switch self {
    case .readWriteCreate: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .readWrite: SQLITE_OPEN_READWRITE
    case .readOnly: SQLITE_OPEN_READONLY
    case .memory: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
    }
  }
}
