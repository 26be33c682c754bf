/// Something that two writers did without seeing each other, and that a person should look at.
public enum Conflict: Hashable, Sendable {
  /// One path has live cells whose values differ; the cell that is shown comes first.
  case values(Path, [Cell])
  /// The record was deleted by one and edited or restored by another who had not seen the delete.
  case life(deletes: [Cell], others: [Cell])

  /// Where the conflict is.
  public var path: Path {
    switch self {
    case .values(let path, _): path
    case .life: .life
    }
  }

  /// The names of the changes that are part of it.
  public var names: [ChangeName] {
    switch self {
    case .values(_, let cells): cells.map(\.name)
    case .life(let deletes, let others): (deletes + others).map(\.name)
    }
  }
}

extension RecordState {
  /// The open conflicts, by path.
  ///
  /// A deleted or erased record has none; the position of a list's item is never one: nothing that a person wrote could
  /// be lost there.
  public func conflicts() -> [Conflict] {
    if isErased || isDeleted { return [] }
    var found: [Conflict] = []
    let deletes = self.deletes
    if !deletes.isEmpty {
      found.append(.life(deletes: deletes.map(\.cell), others: uncovered(by: deletes)))
    }
    var start = 0
    while start < cells.count {
      var end = start + 1
      while end < cells.count, cells[end].path == cells[start].path { end += 1 }
      if end - start > 1, let conflict = valuesConflict(cells[start..<end]) { found.append(conflict) }
      start = end
    }
    return found
  }

  private func valuesConflict(_ live: ArraySlice<Cell>) -> Conflict? {
    guard let first = live.first, first.path != .life, !first.path.isPosition else { return nil }
    guard live.contains(where: { $0.value != first.value }) else { return nil }
    return .values(first.path, live.sorted { Self.isShownBefore($0, $1) })
  }
}
