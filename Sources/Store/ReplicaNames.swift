import SQLite
public import Sync
import JSON

/// Replica ids and the small numbers that stand for them in the log.
public final class ReplicaNames {
  private let connection: Connection
  private var numbers: [ReplicaID: Int64] = [:]
  private var ids: [Int64: ReplicaID] = [:]

  init(_ connection: Connection) { self.connection = connection }

  /// The number of a replica; `nil` if it was never met.
  public func find(_ id: ReplicaID) throws -> Int64? {
    if let number = numbers[id] { return number }
    let number = try connection.integer("SELECT num FROM replica WHERE id = ?1", .text(id.text.string))
    if let number { remember(id, number) }
    return number
  }

  /// The number of a replica, given to it now if need be (inside a transaction).
  public func number(_ id: ReplicaID) throws -> Int64 {
    if let number = try find(id) { return number }
    try connection.run("INSERT INTO replica(id) VALUES(?1)", .text(id.text.string))
    let number = connection.lastInsertRowID
    remember(id, number)
    return number
  }

  /// The replica of a number.
  public func id(_ number: Int64) throws -> ReplicaID {
    if let id = ids[number] { return id }
    let text = try connection.text("SELECT id FROM replica WHERE num = ?1", .integer(number))
    guard let id = text.flatMap({ ReplicaID(Text($0)) }) else {
      throw StoreError("the log names replica \(number), which is not known")
    }
    remember(id, number)
    return id
  }

  /// Forgets what was learnt inside a transaction that was rolled back.
  func forget() {
    numbers = [:]
    ids = [:]
  }

  private func remember(_ id: ReplicaID, _ number: Int64) {
    numbers[id] = number
    ids[number] = id
  }
}
