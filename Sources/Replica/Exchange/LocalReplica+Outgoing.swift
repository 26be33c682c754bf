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
    var (removed, overwritten): (Set<RecordID>, Set<RecordID>) = ([], [])
    for change in try outgoing() {
      // What the hub never had, nobody can miss.
      guard let base = try record(change.record)?.baseState, !base.isErased else { continue }
      for operation in change.operations {
        switch operation {
        case .erase: removed.insert(change.record)
        case .put(.life, let value, _):
          if LifeValue(value) == .alive {
            removed.remove(change.record)
          } else if !base.isDeleted {
            removed.insert(change.record)
          }
        case .put(let path, _, let over), .drop(let path, let over):
          if base.cells(at: path).contains(where: { over.contains($0.name) }) { overwritten.insert(change.record) }
        }
      }
    }
    overwritten.subtract(removed)
    return SyncWeight(
      isIncoming: false, removed: removed.count, overwritten: overwritten.count,
      examples: Array((removed.isEmpty ? overwritten : removed).sorted().prefix(5)))
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
