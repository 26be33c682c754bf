public import JSON

/// The state of one record: its live cells, the names it awaits, and whether it was erased.
///
/// A cell is live when a change put it there and no applied change names it in `over` at that path. That sentence
/// mentions no order, which is why every order of the same changes gives the same state.
///
/// ## Topics
/// - Merging: ``apply(_:time:holds:)``, ``arrive(_:)``
/// - What is shown: ``shown(_:)``, ``isDeleted``, ``conflicts()``
/// - Bytes and hash: ``canonicalBytes()``, ``init(canonicalBytes:)``
public struct RecordState: Hashable, Sendable {
  /// The record.
  public let record: RecordID
  /// The record's kind.
  public let kind: Text
  /// The live cells, by path and name.
  public internal(set) var cells: [Cell] = []
  /// Names that were replaced before they arrived (only after a hub came back from an old backup).
  public internal(set) var awaited: [AwaitedMark] = []
  /// Whether every value was removed for good.
  public internal(set) var isErased = false

  /// A record that nobody has written yet.
  public init(record: RecordID, kind: Text) {
    self.record = record
    self.kind = kind
  }

  /// Whether nothing was ever written, or all of it was dropped.
  public var isEmpty: Bool { cells.isEmpty && awaited.isEmpty && !isErased }

  /// The state with some of its cells only: what of it a question is about.
  public func keeping(_ isWanted: (Cell) -> Bool) -> RecordState {
    var state = RecordState(record: record, kind: kind)
    state.cells = cells.filter(isWanted)
    return state
  }

  /// The live cells at one path.
  public func cells(at path: Path) -> ArraySlice<Cell> {
    let start = start(of: path)
    var end = start
    while end < cells.count, cells[end].path == path { end += 1 }
    return cells[start..<end]
  }

  /// The live cells of one field, all its keys together.
  public func cells(of field: Text) -> ArraySlice<Cell> {
    let start = start(of: Path(field))
    var end = start
    while end < cells.count, cells[end].path.field == field { end += 1 }
    return cells[start..<end]
  }

  /// Where the cells of a path begin, or would.
  ///
  /// Looks at one member of a cell at a time: a cell that is handed to a closure is copied, reference by reference.
  func start(of path: Path) -> Int {
    var low = 0
    var high = cells.count
    while low < high {
      let middle = low + (high - low) / 2
      if cells[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Array {
  /// The first index whose element is not in the leading part where `belongs` holds.
  func partitionPoint(_ belongs: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if belongs(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
