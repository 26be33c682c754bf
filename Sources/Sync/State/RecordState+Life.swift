extension RecordState {
  /// The live deletes, with what each of them saw.
  var deletes: [(cell: Cell, seen: [Path: Set<ChangeName>])] {
    // No field's name sorts before "@life", so a record that was never deleted shows it at its first cell.
    guard let first = cells.first, first.path == .life else { return [] }
    return cells(at: .life).compactMap { cell in
      guard case .deleted(let seen) = LifeValue(cell.value) else { return nil }
      return (cell, seen)
    }
  }

  /// Whether the record is deleted: a live delete exists, and every other live cell is in some live delete's list.
  public var isDeleted: Bool {
    let deletes = self.deletes
    return !deletes.isEmpty && uncovered(by: deletes).isEmpty
  }

  /// The live cells, deletes apart, that none of these deletes saw.
  func uncovered(by deletes: [(cell: Cell, seen: [Path: Set<ChangeName>])]) -> [Cell] {
    cells.filter { cell in
      if deletes.contains(where: { $0.cell == cell }) { return false }
      return !deletes.contains { $0.seen[cell.path]?.contains(cell.name) ?? false }
    }
  }
}
