import Crypto
import JSON
import Sync

/// A record's state read from bytes or made by a change, and what does not hold of it.
struct StateTrial {
  private(set) var complaints: [String] = []

  /// Reads bytes as a state; most are none.
  init(_ bytes: [UInt8]) {
    guard let state = try? RecordState(canonicalBytes: bytes) else { return }
    demand(state.canonicalBytes() == bytes, "a state that is written otherwise")
    demand(state.hash == SHA256.hash(bytes), "a state under another hash")
    check(state)
  }

  /// Applies a change to a new record: once, once more, and where nothing that it replaces has arrived.
  init(applying change: Change) {
    let empty = RecordState(record: change.record, kind: change.kind)
    var state = empty
    state.apply(change, time: 1)
    check(state)
    var twice = state
    twice.apply(change, time: 1)
    demand(twice == state, "another state when applied once more")
    var early = empty
    early.apply(change, time: 1) { _ in false }
    demand(early.cells == state.cells, "other cells where nothing has arrived")
    check(early)
    for name in change.operations.flatMap(\.over) { early.arrive(name) }
    demand(early.awaited.isEmpty, "a name that is awaited after it came")
    // Values that do not arrive themselves leave what was there.
    demand(early.cells == state.cells, "other cells when what was awaited has come")
  }

  private mutating func demand(_ condition: Bool, _ complaint: @autoclosure () -> String) {
    if !condition { complaints.append(complaint()) }
  }

  private mutating func check(_ state: RecordState) {
    let bytes = state.canonicalBytes()
    let again = try? RecordState(canonicalBytes: bytes)
    demand(again == state, "a state that is not read back")
    let stored = try? RecordState(storedBytes: bytes[...])
    demand(stored == state, "a stored state that is not read back")
    for cell in state.cells {
      let place = state.cells(at: cell.path)
      demand(place.contains(cell), "a cell that is not at its path")
      let shown = state.shown(cell.path)
      demand(shown.map { place.contains($0) } ?? false, "a path whose shown cell is none of its own")
      demand(state.cells(of: cell.path.field).contains(cell), "a cell that is not of its field")
    }
    let paths = Set(state.cells.map(\.path))
    demand(state.conflicts().allSatisfy { paths.contains($0.path) }, "a conflict where nothing stands")
    demand(!state.isDeleted || state.conflicts().isEmpty, "a conflict in a deleted record")
    var erased = state
    erased.erase()
    demand(erased.isErased && erased.cells.isEmpty && erased.awaited.isEmpty, "something is left of an erased record")
    let erasedAgain = try? RecordState(canonicalBytes: erased.canonicalBytes())
    demand(erasedAgain == erased, "an erased state that is not read back")
  }
}
