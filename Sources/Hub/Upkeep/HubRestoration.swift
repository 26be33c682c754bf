import Crypto
public import JSON
import SQLite
public import Store
import Sync

/// Makes a copy of a hub's file into a hub again.
public enum HubRestoration {
  /// What was done, for whoever asked for it.
  public struct Outcome: Sendable {
    /// The seq at which the copy ends.
    public let copied: Int64
    /// How many records were erased again.
    public let erased: Int
    /// How many other systems write under a new id from here on.
    public let integrators: Int
    /// The hub's id.
    public let hub: Text
  }

  /// Marks the history as a new one, and gives it what its hub must not forget.
  ///
  /// Integrators get new ids: the hub writes for them, and would give numbers to new changes that replicas know as
  /// others. What they posted since the copy comes again with their next export, for it is compared with what the copy
  /// knows of them.
  ///
  /// - Parameters:
  ///   - store: the copy.
  ///   - memory: what the hub knew last; `nil` if its file cannot be read.
  ///   - random: so many random bytes.
  ///   - now: Unix time in milliseconds.
  public static func apply(
    to store: Store, memory: HubMemory?, random: (Int) -> [UInt8], now: Int64
  ) throws -> Outcome {
    guard try store.settings.text("hub") != nil else { throw StoreError("the file is of no hub") }
    let log = try HubLog(store: store, newID: "")
    return try log.transaction {
      let copied = log.head.seq
      if let memory { try memory.replaceAccess(in: store) }
      // How far somebody had read belongs to the history that has gone.
      try store.connection.run("UPDATE known_replica SET cursor_seq = NULL")
      let integrators = try renameIntegrators(store, random)
      guard let mark = Digest(bytes: random(32)) else { throw StoreError("too few random bytes") }
      let before = try store.connection.integer("SELECT count(*) FROM record WHERE deleted = 2") ?? 0
      try log.markRestored(random: mark, erased: memory?.erased ?? [], now: now)
      try log.flush()
      let after = try store.connection.integer("SELECT count(*) FROM record WHERE deleted = 2") ?? 0
      return Outcome(copied: copied, erased: Int(after - before), integrators: integrators, hub: log.hub)
    }
  }

  private static let renamings: [StaticString] = [
    "UPDATE token SET replica = ?2 WHERE replica = ?1", "UPDATE view SET replica = ?2 WHERE replica = ?1",
    "UPDATE answered SET replica = ?2 WHERE replica = ?1",
  ]

  private static func renameIntegrators(_ store: Store, _ random: (Int) -> [UInt8]) throws -> Int {
    var names: [String] = []
    try store.connection.rows("SELECT DISTINCT replica FROM token WHERE role = 'integrator' AND revoked IS NULL") {
      names.append($0.text(0))
    }
    for name in names {
      guard let old = ReplicaID(Text(name)) else { throw StoreError("the id of an integrator is damaged") }
      guard let new = try Directory(store: store).freeID(of: old.member, random) else {
        throw StoreError("no free id was found for a system of \(old.member)")
      }
      for sql in Self.renamings { try store.connection.run(sql, .text(name), .text(new.description)) }
    }
    return names.count
  }
}
