public import SQLite

/// The log and the records on SQLite: one for hub and replica alike.
///
/// ## Topics
/// - Opening: ``init(path:role:vfs:mode:)``
/// - Tables: ``log``, ``records``, ``settings``, ``replicas``
/// - Writing: ``transaction(_:)``
public final class Store {
  /// Whose file it is.
  public enum Role: Sendable {
    /// The central log: WAL, one connection.
    case hub
    /// One local copy: a rollback journal, shared by many short processes.
    case replica
  }

  /// The connection; it belongs to one thread at a time.
  public let connection: Connection
  /// The ordered list of changes.
  public let log: LogTable
  /// The states.
  public let records: RecordTable
  /// Small values by key.
  public let settings: Settings
  /// Replica ids and their numbers.
  public let replicas: ReplicaNames
  /// Whose file it is.
  public let role: Role

  /// Opens a file, or makes it.
  ///
  /// A file of a newer version, or of another program, is refused before a byte of it is touched. The journal settings
  /// are read back; without them nothing could be acknowledged.
  ///
  /// A replica's file that the system does not let us write is opened all the same, to be read (`isReadOnly`): a backup,
  /// or somebody else's. Its journal is honoured: where one waits to be rolled back, SQLite refuses (`SQLITE_READONLY_ROLLBACK`).
  ///
  /// - Parameters:
  ///   - path: where the file is.
  ///   - role: whose file it is.
  ///   - vfs: the name of an SQLite VFS, for simulated disks; `nil` for the real one.
  ///   - mode: how to open.
  public init(path: String, role: Role, vfs: String? = nil, mode: OpenMode = .readWriteCreate) throws {
    let connection = try Connection(path: path, vfs: vfs, mode: mode)
    self.connection = connection
    self.role = role
    let schema = role == .hub ? StoreSchema.hub : StoreSchema.replica
    if role == .replica { connection.busyTimeout(milliseconds: 5_000) }
    // Before the first look at a WAL file, or SQLite makes a -shm file beside it (sqlite.org/wal.html, noshm).
    if role == .hub { try connection.execute("PRAGMA locking_mode=EXCLUSIVE") }
    try schema.check(connection)
    if role == .replica, mode == .readWrite, connection.isReadOnly {
      try JournalProfile.applyForReading(to: connection)
      guard try schema.isCurrent(connection) else { throw SchemaError.older }
    } else {
      try (role == .hub ? JournalProfile.hub : JournalProfile.replica).apply(to: connection)
      try schema.run(connection)
    }
    settings = Settings(connection)
    replicas = ReplicaNames(connection)
    log = LogTable(connection)
    records = RecordTable(connection, isReplica: role == .replica)
  }

  /// Opens a complete file only to look at it: a copy that nobody writes to.
  ///
  /// One of an older schema is refused: nothing would bring it up to date.
  public init(reading path: String, role: Role) throws {
    let connection = try Connection(path: path, mode: .readOnly)
    self.connection = connection
    self.role = role
    let schema = role == .hub ? StoreSchema.hub : StoreSchema.replica
    try schema.check(connection)
    guard try schema.isCurrent(connection) else {
      throw StoreError("an older version of this program wrote the file, or nobody wrote to it yet")
    }
    settings = Settings(connection)
    replicas = ReplicaNames(connection)
    log = LogTable(connection)
    records = RecordTable(connection, isReplica: role == .replica)
  }

  /// Whether the file can only be read.
  public var isReadOnly: Bool { connection.isReadOnly }

  /// Closes the file; the store is of no use afterwards.
  public func close() throws { try connection.close() }

  /// Runs a write transaction: all of it is durable when this returns, none of it when it throws.
  ///
  /// Inside another one it is a part of that.
  public func transaction<T>(_ body: () throws -> T) throws -> T {
    if connection.isInTransaction { return try body() }
    // SQLite would begin a transaction that can only read (sqlite.org/lang_transaction.html).
    guard !isReadOnly else { throw JournalProfileError.readOnly }
    do {
      return try connection.transaction(body)
    } catch {
      replicas.forget()
      throw error
    }
  }
}
