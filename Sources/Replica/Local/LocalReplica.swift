import SQLite
public import Store
public import Sync

/// One local copy: records that can be read and written without a network, and what a hub is still to be told.
///
/// Its state is always the hub's log up to the cursor + its own changes that this log does not hold yet; while a record
/// has such changes, the hub's part (the base) is kept beside what is shown.
///
/// ## Topics
/// - Making and opening: ``create(path:id:vfs:)``, ``init(path:vfs:)``
/// - Writing: ``edit(_:at:_:)``
/// - Syncing: ``SyncSession``
public final class LocalReplica {
  /// The file.
  public let store: Store
  /// What it remembers about itself and its hub.
  public let settings: ReplicaSettings

  /// Opens a replica's file; one that the system does not let us write can still be read.
  public init(path: String, vfs: String? = nil) throws {
    store = try Store(path: path, role: .replica, vfs: vfs, mode: .readWrite)
    settings = ReplicaSettings(store)
    _ = try settings.replica
  }

  private init(store: Store) {
    self.store = store
    settings = ReplicaSettings(store)
  }

  /// Makes a replica that works at once, without any hub.
  public static func create(path: String, id: ReplicaID, vfs: String? = nil) throws -> LocalReplica {
    let replica = LocalReplica(store: try Store(path: path, role: .replica, vfs: vfs, mode: .readWriteCreate))
    if let existing = try? replica.settings.replica { throw ReplicaError.alreadyAReplica(existing) }
    try replica.store.transaction { try replica.settings.setReplica(id) }
    return replica
  }

  /// Whether the file can only be read.
  public var isReadOnly: Bool { store.isReadOnly }

  /// Closes the file; the replica is of no use afterwards.
  public func close() throws { try store.close() }

  /// The number of the last own change under the present id.
  public func ownLast() throws -> Int64 {
    guard let number = try store.replicas.find(try settings.replica) else { return 0 }
    return try store.log.lastNumber(of: number)
  }

  /// Own changes whose fate is not known yet.
  public func pendingCount() throws -> Int64 {
    try store.connection.integer("SELECT count(*) FROM log WHERE fate IN (0, 7)") ?? 0
  }

  /// Records with an open conflict.
  public func conflictCount() throws -> Int64 {
    try store.connection.integer("SELECT count(*) FROM record WHERE conflicts > 0") ?? 0
  }

  /// Own changes that were refused and wait for somebody.
  public func rejectedCount() throws -> Int64 {
    try store.connection.integer("SELECT count(*) FROM verdict") ?? 0
  }

  /// The record of an id.
  public func record(_ id: RecordID) throws -> StoredRecord? { try store.records.find(id) }
}
