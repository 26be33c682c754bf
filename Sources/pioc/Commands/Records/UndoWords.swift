import JSON
import Records
import Sync
import Terminal

/// Why a change cannot be undone, in words.
struct UndoWords {
  let kind: Kind?
  let past: RecordPast
  let change: Change

  func failure(_ error: UndoError) -> Failure {
    let id = change.record
    if !past.isCut, past.steps.first?.change.name == change.name {
      return .usage(
        "That change made the record.",
        "To take it away: 'pioc \(change.kind) rm \(id)'. To undo one field of it: --field.")
    }
    if error.obstacles.contains(where: { $0.reason == .deleted }) {
      return .failed("The record is deleted now.", "Bring it back first: 'pioc \(change.kind) restore \(id)'.")
    }
    let places = error.obstacles.map { "\(label($0.path)) \(reason($0.reason))" }
    let stuck = Set(error.obstacles.map { label($0.path) })
    let free = Set(change.operations.compactMap(\.path).filter { !$0.isPosition }.map(label)).subtracting(stuck)
    let rest =
      free.isEmpty
      ? "Nothing was changed; write what you want with 'set' or 'edit'."
      : "Nothing was changed; --field undoes it elsewhere: \(Phrase.list(free.sorted()))."
    return .usage("That cannot be undone: \(places.joined(separator: "; ")).", rest)
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
