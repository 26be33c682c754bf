import Sync

/// Counts the records that changes would delete, and those of which they would overwrite values.
struct Removals {
  /// The records that would be deleted, erased or dropped.
  var removed: Set<RecordID> = []
  /// The records of which values would be overwritten.
  var overwritten: Set<RecordID> = []

  /// Counts a change to a record that is in this state where the change arrives.
  mutating func add(_ change: Change, to state: RecordState) {
    for operation in change.operations {
      switch operation {
      case .erase: removed.insert(change.record)
      case .put(.life, let value, _):
        if LifeValue(value) == .alive {
          removed.remove(change.record)
        } else if !state.isDeleted {
          removed.insert(change.record)
        }
      case .put(let path, _, let over), .drop(let path, let over):
        if state.cells(at: path).contains(where: { over.contains($0.name) }) { overwritten.insert(change.record) }
      }
    }
  }

  /// What would be taken away, on one of the two ways.
  func weight(isIncoming: Bool) -> SyncWeight {
    let others = overwritten.subtracting(removed)
    return SyncWeight(
      isIncoming: isIncoming, removed: removed.count, overwritten: others.count,
      examples: Array((removed.isEmpty ? others : removed).sorted().prefix(5)))
  }
}
