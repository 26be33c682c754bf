import Hub
import Store
public import Sync

/// Looks into a hub's log, past its service.
public struct HubInspection {
  private let store: Store

  /// Looks at the hub of a world.
  public init(_ world: TestWorld) throws { store = world.hub.storeForInspection }

  /// Whether the log holds a name, with whatever fate.
  public func holds(_ name: ChangeName) throws -> Bool {
    guard let number = try store.replicas.find(name.replica) else { return false }
    return try store.log.position(of: name, replica: number) != nil
  }

  /// The names that a record still waits for.
  public func awaited(_ id: RecordID) throws -> [ChangeName] {
    try store.records.find(id)?.state.awaited.map(\.name) ?? []
  }

  /// The applied changes, in the hub's order.
  public func changes() throws -> [Change] {
    var changes: [Change] = []
    for pos in 1...max(1, try store.log.lastPosition()) {
      guard let row = try store.log.row(pos), row.fate == .applied, let body = try store.log.body(pos) else { continue }
      changes.append(try Change(bytes: body))
    }
    return changes
  }
}
