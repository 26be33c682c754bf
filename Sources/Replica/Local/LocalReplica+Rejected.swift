import SQLite
import Store
public import Sync

/// An own change that the hub refused, and that waits for somebody.
public struct RejectedChange: Sendable {
  /// Its number at this replica.
  public let n: Int64
  /// Its place in the log, by which it is named in commands.
  public let pos: Int64
  /// The change.
  public let change: Change
  /// Why it was refused.
  public let rejection: Rejection
}

extension LocalReplica {
  /// The refused changes, oldest first; none of them is dropped by itself.
  public func rejected() throws -> [RejectedChange] {
    var positions: [Int64] = []
    try store.connection.rows("SELECT pos FROM verdict ORDER BY pos") { positions.append($0.integer(0)) }
    return try positions.compactMap { pos in
      guard let body = try store.log.body(pos), let verdict = try store.log.verdict(pos) else { return nil }
      let change = try Change(bytes: body)
      return RejectedChange(n: change.n, pos: pos, change: change, rejection: verdict)
    }
  }

  /// Writes a refused change again as a new one, on top of what is shown now.
  ///
  /// - Parameters:
  ///   - rejected: the change.
  ///   - operations: what it is to do instead, if its values were mended.
  ///   - time: the clock, in milliseconds.
  public func retry(_ rejected: RejectedChange, as operations: [Operation]? = nil, at time: Int64) throws {
    try store.transaction {
      try edit(rejected.change.record, kind: rejected.change.kind, at: time) { draft in
        for operation in operations ?? rejected.change.operations {
          switch operation {
          // What came since is not written over, removed or deleted unseen: it stays, or becomes a conflict.
          case .put(let path, let value, let over): draft.put(path, value, over: over)
          case .drop(let path, let over): draft.drop(path, over: over)
          case .erase: draft.erase()
          }
        }
      }
      try forget(rejected)
    }
  }

  /// Gives a refused change up, knowingly; its dot and hash stay.
  public func discard(_ rejected: RejectedChange) throws {
    try store.transaction { try forget(rejected) }
  }

  private func forget(_ rejected: RejectedChange) throws {
    try store.log.forgetVerdict(rejected.pos)
    let row = try store.log.row(rejected.pos)
    try store.log.forgetBody(rejected.pos, fate: row?.fate == .pendingVoid ? .pendingVoid : .rejected)
    guard let num = row?.record, var record = try store.records.find(num: num) else { return }
    try rebuild(&record)
  }
}
