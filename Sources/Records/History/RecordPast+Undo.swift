import JSON
public import Sync

extension RecordPast {
  /// Writes the values back that a change replaced, wherever what it wrote still stands alone.
  ///
  /// The order of a list's items is put back where nobody has moved them since; that stops nothing.
  ///
  /// - Parameters:
  ///   - change: one of the ``steps``.
  ///   - isWanted: which places are meant.
  ///   - draft: a draft on ``state``; unchanged when this throws.
  public func undo(
    _ change: Change, where isWanted: (Path) -> Bool = { _ in true }, in draft: inout ChangeDraft
  ) throws(UndoError) {
    var result = draft
    var obstacles: [UndoError.Obstacle] = []
    for operation in change.operations {
      let path = operation.path ?? .life
      if !isWanted(path) { continue }
      do {
        try undo(operation, at: path, of: change, in: &result)
      } catch {
        obstacles += error.obstacles
      }
    }
    if !obstacles.isEmpty { throw UndoError(obstacles: obstacles) }
    draft = result
  }

  private func undo(
    _ operation: Operation, at path: Path, of change: Change, in draft: inout ChangeDraft
  ) throws(UndoError) {
    let live = state.cells(at: path)
    switch operation {
    case .erase: throw Self.error(path, .life)
    case .put(.life, let value, _):
      guard case .deleted = LifeValue(value) else { throw Self.error(path, .life) }
      // A delete that somebody else's edit outlived still stands, in conflict with that edit.
      if !state.isDeleted, !live.contains(where: { $0.name == change.name }) { return }
      try checkAlone(live, change, path)
      draft.restore()
    case .put, .drop:
      if state.isDeleted { throw Self.error(path, .deleted) }
      if path.isPosition { return undoMove(path, live, change, in: &draft) }
      if case .put = operation {
        let isGone = live.isEmpty
        if isGone, case .nothing = former(of: change, at: path) { return }
        if isGone { throw Self.error(path, .removedSince) }
        try checkAlone(live, change, path)
      } else if let other = live.first {
        throw Self.error(path, .writtenSince(other.name))
      }
      try putBack(path, of: change, in: &draft)
    }
  }

  private func checkAlone(_ live: ArraySlice<Cell>, _ change: Change, _ path: Path) throws(UndoError) {
    if let other = live.first(where: { $0.name != change.name }) {
      throw Self.error(path, .writtenSince(other.name))
    }
  }

  private func putBack(_ path: Path, of change: Change, in draft: inout ChangeDraft) throws(UndoError) {
    var wanted = JSON.null
    switch former(of: change, at: path) {
    case .unknown: throw Self.error(path, .unknown)
    case .values(let values) where values.count > 1: throw Self.error(path, .settled)
    case .values(let values): wanted = values.first ?? .null
    case .nothing: break
    }
    let field = Kinds.named(state.kind)?.field(path.field)
    if wanted.isNull, path.key != nil {
      draft.drop(path)
      let position = Path.position(of: path.field, item: path.key ?? "")
      if !state.cells(at: position).isEmpty { draft.drop(position) }
    } else if wanted.isNull, field?.isRequired ?? false {
      throw Self.error(path, .needed)
    } else if state.value(path) ?? .null != wanted || state.cells(at: path).isEmpty {
      draft.put(path, wanted)
    }
  }

  /// Moves an item back, unless it is new, or somebody has moved it since.
  private func undoMove(_ path: Path, _ live: ArraySlice<Cell>, _ change: Change, in draft: inout ChangeDraft) {
    guard live.allSatisfy({ $0.name == change.name }), case .values(let values) = former(of: change, at: path),
      values.count == 1, !values[0].isNull
    else { return }
    draft.put(path, values[0])
  }

  private static func error(_ path: Path, _ reason: UndoError.Reason) -> UndoError {
    UndoError(obstacles: [.init(path: path, reason: reason)])
  }
}
