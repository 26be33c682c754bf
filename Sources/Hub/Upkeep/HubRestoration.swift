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
      // Also those that the copy knows as revoked: the hub may have forgotten that, if somebody put files back by hand.
      let before = try integrators(store, withRevoked: true)
      if let memory { try memory.replaceAccess(in: store) }
      // How far somebody had read belongs to the history that has gone.
      try store.connection.run("UPDATE known_replica SET cursor_seq = NULL")
      let integrators = try renameIntegrators(store, before, random)
      guard let mark = Digest(bytes: random(32)) else { throw StoreError("too few random bytes") }
      let erased = try store.connection.integer("SELECT count(*) FROM record WHERE deleted = 2") ?? 0
      try log.markRestored(random: mark, erased: memory?.erased ?? [], now: now)
      try log.flush()
      let after = try store.connection.integer("SELECT count(*) FROM record WHERE deleted = 2") ?? 0
      return Outcome(copied: copied, erased: Int(after - erased), integrators: integrators, hub: log.hub)
    }
  }

  private static let renamings: [StaticString] = [
    "UPDATE token SET replica = ?2 WHERE replica = ?1", "UPDATE view SET replica = ?2 WHERE replica = ?1",
    "UPDATE answered SET replica = ?2 WHERE replica = ?1",
  ]

  /// The ids of the integrators whose tokens are good, or of all, by the tokens' hashes.
  private static func integrators(
    _ store: Store, withRevoked: Bool = false
  ) throws -> [(token: [UInt8], id: String)] {
    var found: [(token: [UInt8], id: String)] = []
    try store.connection.rows(
      "SELECT hash, replica FROM token WHERE role = 'integrator' AND (revoked IS NULL OR ?1) ORDER BY hash",
      .integer(withRevoked ? 1 : 0)
    ) { found.append(($0.bytes(0), $0.text(1))) }
    return found
  }

  /// Gives integrators new ids; what the copy keeps for them goes along, under whatever ids it knew them by.
  ///
  /// - Parameter copied: the integrators as the copy knew them. Their hub may have given them other ids since, when it
  ///   was put back the last time.
  private static func renameIntegrators(
    _ store: Store, _ copied: [(token: [UInt8], id: String)], _ random: (Int) -> [UInt8]
  ) throws -> Int {
    let present = try integrators(store)
    let names = Set(present.map(\.id))
    for name in names.sorted() {
      guard let old = ReplicaID(Text(name)) else { throw StoreError("the id of an integrator is damaged") }
      guard let new = try Directory(store: store).freeID(of: old.member, random) else {
        throw StoreError("no free id was found for a system of \(old.member)")
      }
      let tokens = Set(present.filter { $0.id == name }.map(\.token))
      let former = copied.filter { tokens.contains($0.token) && !names.contains($0.id) }.map(\.id)
      for id in [name] + former {
        for sql in renamings { try store.connection.run(sql, .text(id), .text(new.description)) }
      }
    }
    return names.count
  }
}
