import JSON
import SQLite
import Store
public import Sync

extension LocalReplica {
  /// The own changes that the next sync sends, oldest first; those whose bytes are gone are sent without operations.
  ///
  /// - Parameter limit: how many at most.
  public func outgoing(limit: Int64 = .max) throws -> [Change] {
    var bodies: [[UInt8]] = []
    try store.connection.rows(
      "SELECT body FROM log WHERE fate = 0 AND body IS NOT NULL ORDER BY pos LIMIT ?1", .integer(limit)
    ) { bodies.append($0.bytes(0)) }
    return try bodies.map { try Change(bytes: $0) }
  }

  /// What the pending changes would take away from everybody.
  public func outgoingWeight() throws -> SyncWeight {
    var removals = Removals()
    for change in try outgoing() {
      // What the hub never had, nobody can miss.
      guard let base = try record(change.record)?.baseState, !base.isErased else { continue }
      removals.add(change, to: base)
    }
    return removals.weight(isIncoming: false)
  }

  /// Whether so few records came from the hub that no sync could take away very many.
  func isSmall(_ limits: SyncLimits) throws -> Bool {
    let least = min(limits.removed, limits.overwritten)
    let count = try store.connection.integer(
      "SELECT count(*) FROM (SELECT 1 FROM record WHERE hash IS NOT NULL LIMIT ?1)",
      .integer(Int64(clamping: least) &+ (least == .max ? 0 : 1)))
    return (count ?? 0) <= Int64(clamping: least) && limits.lookBeyond >= Int64(clamping: least)
  }
}
