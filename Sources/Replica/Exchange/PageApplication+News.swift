import Store
import Sync

extension PageApplication {
  /// Tells what became of an own change.
  mutating func tell(_ fate: Fate, of record: RecordID) {
    news.note(record) { piece in
      switch fate {
      case .applied, .erased: piece.sent += 1
      case .rejected: piece.refused += 1
      case .void: break
      }
    }
  }

  /// Tells whose change came, and what it wrote to.
  mutating func tell(_ change: Change) {
    received.insert(change.record)
    news.note(change.record) { piece in
      piece.members.insert(change.replica.member)
      for path in change.operations.compactMap(\.path) where path != .life && !path.isPosition {
        piece.fields.insert(path.field)
      }
    }
  }

  /// Tells what a record shows now against before; only what others did has an outcome.
  mutating func tell(_ before: StoredRecord, _ after: StoredRecord) {
    let (old, new) = (before.state, after.state)
    let isGone = new.isErased && !old.isErased || withdrawn.contains(new.record)
    let conflicts = new.conflicts().count - old.conflicts().count
    let isNews = received.contains(new.record) || isGone
    guard isNews || conflicts != 0 else { return }
    news.note(new.record) { piece in
      piece.conflicts += conflicts
      guard isNews else { return }
      if case .apart = after.base { piece.isMerged = true }
      if piece.sent > 0 { piece.isMerged = true }
      piece.outcome = isGone ? .gone : Self.outcome(old, new)
    }
  }

  private static func outcome(_ old: RecordState, _ new: RecordState) -> SyncNews.Outcome {
    if old.isEmpty, !new.isEmpty { return .new }
    if new.isDeleted, !old.isDeleted { return .deleted }
    return old.isDeleted && !new.isDeleted ? .restored : .changed
  }
}
