import Crypto

/// A record's state (Protocol, 4.1), with what follows from it.
struct NaiveState {
  let record: [UInt8]
  let kind: [UInt8]
  let isErased: Bool
  let cells: [NaiveSpot: NaiveCell]
  let awaited: Set<NaiveSpot>

  init(
    record: [UInt8], kind: [UInt8], isErased: Bool = false, cells: [NaiveSpot: NaiveCell] = [:],
    awaited: Set<NaiveSpot> = []
  ) {
    (self.record, self.kind, self.isErased) = (record, kind, isErased)
    (self.cells, self.awaited) = (isErased ? [:] : cells, isErased ? [] : awaited)
  }

  /// Whether nothing is left of it.
  var isEmpty: Bool { !isErased && cells.isEmpty }

  /// The hash of its canonical bytes.
  var hash: Digest { SHA256.hash(canonical) }

  // MARK: Life and conflicts (Protocol, 4.4 and 4.5)

  private var hasDelete: Bool { cells.values.contains(where: \.isDelete) }

  /// Whether it has a live delete and the live deletes cover every other cell.
  var isDeleted: Bool {
    let deletes = cells.values.filter(\.isDelete)
    guard !deletes.isEmpty else { return false }
    let listed = Set(deletes.flatMap(\.listed))
    return cells.values.allSatisfy { $0.isDelete || listed.contains($0.spot) }
  }

  /// How many conflicts are open.
  var conflicts: Int64 {
    guard !isErased, !isDeleted else { return 0 }
    var values: [NaivePath: Set<NaiveValue>] = [:]
    for cell in cells.values where !cell.spot.path.isLife && !cell.spot.path.isPosition {
      values[cell.spot.path, default: []].insert(cell.value)
    }
    return Int64(values.values.count { $0.count > 1 }) + (hasDelete ? 1 : 0)
  }

  /// Whether a conflict is open at one of these paths, or about the record's life.
  func hasConflict(at paths: Set<NaivePath>) -> Bool {
    guard !isErased, !isDeleted else { return false }
    var values: [NaivePath: Set<NaiveValue>] = [:]
    for cell in cells.values where paths.contains(cell.spot.path) && !cell.spot.path.isLife {
      values[cell.spot.path, default: []].insert(cell.value)
    }
    return hasDelete || values.values.contains { $0.count > 1 }
  }

  /// 0 live, 1 deleted, 2 erased, 3 nothing left.
  var deletedColumn: Int64 {
    if isErased { return 2 }
    if cells.isEmpty { return 3 }
    return isDeleted ? 1 : 0
  }

  /// The cell that is shown at a plain path whose values have no order of their own.
  func shown(_ field: StaticString) -> NaiveCell? {
    cells.values.filter { field.isEqual($0.spot.path.field) && $0.spot.path.key == nil }
      .max { ($0.time, $0.spot.name) < ($1.time, $1.spot.name) }
  }
}
