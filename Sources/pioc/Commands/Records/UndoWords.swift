import JSON
import Records
import Sync
import Terminal

/// Why a change cannot be undone, in words.
struct UndoWords {
  let kind: Kind?
  let past: RecordPast
  let change: Change
  /// Whether the person said which fields are meant.
  let isPart: Bool

  func failure(_ error: UndoError) -> Failure {
    let id = change.record
    if !isPart, !past.isCut, past.steps.first?.change.name == change.name {
      return .usage(
        "That change made the record.",
        "To take it away: 'pioc \(change.kind) rm \(id)'. To undo one field of it: --field FIELD.")
    }
    if error.obstacles.contains(where: { $0.reason == .deleted }) {
      return .failed("The record is deleted now.", "Bring it back first: 'pioc \(change.kind) restore \(id)'.")
    }
    if error.obstacles.contains(where: { $0.path == .life && $0.reason == .life }), !past.state.isErased {
      return .usage("That change brought the record back.", "To delete it again: 'pioc \(change.kind) rm \(id)'.")
    }
    let places = error.obstacles.map { "\(label($0.path)) \(reason($0.reason))" }
    let free = free().map { "--field \($0)" }
    let rest =
      free.isEmpty
      ? "Nothing was changed; write what you want with 'set' or 'edit'."
      : "Nothing was changed; it can be undone elsewhere, with \(Phrase.list(free))."
    return .usage("That cannot be undone: \(places.joined(separator: "; ")).", rest)
  }

  /// The options of the fields in which the change can be undone whole, and in which something would come of it.
  private func free() -> [String] {
    let fields = Set(change.operations.compactMap(\.path).filter { !$0.isPosition && $0 != .life }.map(\.field))
    let undone = fields.filter { field in
      var draft = ChangeDraft(state: past.state, unaccepted: [])
      let isUndone: Void? = try? past.undo(change, where: { $0.field == field }, in: &draft)
      return isUndone != nil && !draft.isEmpty
    }
    return undone.map { kind?.field($0)?.option ?? $0.string }.sorted()
  }

  private func label(_ path: Path) -> String {
    path == .life ? "the record" : PathWords.place(path, kind)
  }

  private func reason(_ reason: UndoError.Reason) -> String {
    switch reason {
    case .writtenSince(let name): "was written again since, by \(name.replica.member) (\(name.replica)/\(name.n))"
    case .removedSince: "was removed since"
    case .unknown: "held something before that is not in the history here"
    case .settled: "held values in conflict before"
    case .needed: "cannot be without a value"
    case .life: "was brought back by it, or erased"
    case .deleted: "is deleted now"
    }
  }
}
