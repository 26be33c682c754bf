extension RecordState {
  /// What applying a change did, besides the cells.
  public struct Effect: Hashable, Sendable {
    /// Whether the change set or cleared an awaited mark, so that its log entry must travel as a state.
    public var touchedMarks = false
  }

  /// Applies a change: removes the cells that it names in `over`, adds its own under its name.
  ///
  /// - Parameters:
  ///   - change: a change to this record.
  ///   - time: the time of the new cells.
  ///   - holds: whether the log that this state stands for holds a name; one that it does not hold is awaited.
  /// - Returns: what happened to the marks.
  @discardableResult
  public mutating func apply(
    _ change: Change, time: Int64, holds: (ChangeName) throws -> Bool
  ) rethrows -> Effect {
    var effect = Effect()
    if isErased { return effect }
    for operation in change.operations {
      switch operation {
      case .erase:
        erase()
        return effect
      case .drop(let path, let over):
        if try replace(over, at: path, holds: holds) { effect.touchedMarks = true }
      case .put(let path, let value, let over):
        if try replace(over, at: path, holds: holds) { effect.touchedMarks = true }
        insert(Cell(path: path, name: change.name, time: time, value: value))
      }
    }
    if arrive(change.name) { effect.touchedMarks = true }
    return effect
  }

  /// Applies a change as a replica does: only a hub can know which names have not arrived.
  @discardableResult
  public mutating func apply(_ change: Change, time: Int64) -> Effect { apply(change, time: time) { _ in true } }

  /// Clears the marks of a name that has arrived, be it refused or void; says whether there were any.
  ///
  /// A cell of that name at a marked path goes with its mark: it was replaced before it came.
  @discardableResult
  public mutating func arrive(_ name: ChangeName) -> Bool {
    guard awaited.contains(where: { $0.name == name }) else { return false }
    for mark in awaited where mark.name == name { removeCell(at: mark.path, name: name) }
    awaited.removeAll { $0.name == name }
    return true
  }

  /// Removes every value for good.
  public mutating func erase() {
    cells = []
    awaited = []
    isErased = true
  }

  /// Removes the cells named in `over`, and awaits those that the log does not hold; says whether a mark was set.
  private mutating func replace(
    _ over: [ChangeName], at path: Path, holds: (ChangeName) throws -> Bool
  ) rethrows -> Bool {
    var marked = false
    for name in over where !removeCell(at: path, name: name) {
      if try holds(name) { continue }
      let mark = AwaitedMark(path: path, name: name)
      let index = awaited.partitionPoint { $0 < mark }
      if index < awaited.count, awaited[index] == mark { continue }
      awaited.insert(mark, at: index)
      marked = true
    }
    return marked
  }

  @discardableResult
  private mutating func removeCell(at path: Path, name: ChangeName) -> Bool {
    // By index: a slice would share the cells' storage, and removing one would copy all of them.
    var index = start(of: path)
    while index < cells.count, cells[index].path == path {
      if cells[index].name == name {
        cells.remove(at: index)
        return true
      }
      index += 1
    }
    return false
  }

  /// Adds a cell at its place; a change that is applied again adds nothing.
  private mutating func insert(_ cell: Cell) {
    var index = start(of: cell.path)
    while index < cells.count, cells[index].path == cell.path, cells[index].name < cell.name { index += 1 }
    if index < cells.count, cells[index].path == cell.path, cells[index].name == cell.name { return }
    cells.insert(cell, at: index)
  }
}
