public import JSON
public import Store
public import Sync

/// How a person settles one conflict.
public enum Resolution: Hashable, Sendable {
  /// Take the value with this place in the list as it is shown, the first being 1.
  case take(Int)
  /// Write another value.
  case value(JSON)
  /// The record was deleted and edited: it stays.
  case keep
  /// The record was deleted and edited: it goes.
  case delete
}

extension LocalReplica {
  /// Settles one conflict by writing over every value that is in sight; it travels like any other change.
  @discardableResult
  public func resolve(_ conflict: Conflict, of record: StoredRecord, _ how: Resolution, at time: Int64) throws
    -> Change?
  {
    try edit(record.state.record, kind: record.state.kind, at: time) { draft in
      // Somebody may have written meanwhile; what nobody has looked at must not be written over.
      guard draft.state.conflicts().contains(conflict) else {
        throw ReplicaError.nothingToDo("The conflict has changed meanwhile: look at it again.")
      }
      switch (conflict, how) {
      case (.values(let path, let cells), .take(let place)):
        guard cells.indices.contains(place - 1) else {
          throw ReplicaError.nothingToDo("There are \(cells.count) values here, no number \(place).")
        }
        draft.put(path, cells[place - 1].value)
      case (.values(let path, _), .value(let value)): draft.put(path, value)
      case (.life, .keep): draft.restore()
      case (.life, .delete): draft.delete()
      case (.values, _): throw ReplicaError.nothingToDo("Two values differ here: take one of them, or write another.")
      case (.life, _): throw ReplicaError.nothingToDo("The record was deleted and edited: keep it or delete it.")
      }
    }
  }
}
