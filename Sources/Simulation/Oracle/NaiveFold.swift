/// Changes to one record, folded by the sentence of Protocol 4.2: a cell is live exactly when a change put
/// it there and no change names it in `over` at that path.
///
/// That knows no order, so it can begin with nothing (the hub's log) or with a base (a replica's own
/// changes).
struct NaiveFold {
  private var put: [NaiveSpot: NaiveCell]
  private var covered: Set<NaiveSpot>
  /// The marks that the base came with.
  private var awaited: Set<NaiveSpot>
  private var isErased: Bool

  /// Begins with a base; its marks cover what they wait for.
  init(base: NaiveState? = nil) {
    put = base?.cells ?? [:]
    awaited = base?.awaited ?? []
    covered = awaited
    isErased = base?.isErased ?? false
  }

  /// Takes a change, whose cells get the smaller one of its own clock and the hub's time.
  mutating func take(_ change: NaiveChange, hubTime: Int64?) {
    if change.erases { isErased = true }
    let time = min(change.at, hubTime ?? change.at)
    for operation in change.operations {
      for name in operation.over { covered.insert(NaiveSpot(path: operation.path, name: name)) }
      guard let value = operation.value else { continue }
      let spot = NaiveSpot(path: operation.path, name: change.name)
      // A cell of this name that stands there already stays as it is.
      if put[spot] == nil { put[spot] = NaiveCell(spot: spot, time: time, value: value) }
    }
    if !awaited.isEmpty { awaited = awaited.filter { $0.name != change.name } }
  }

  /// What has come of it; `adding` are marks that the hub's log makes.
  func state(record: [UInt8], kind: [UInt8], adding marks: Set<NaiveSpot> = []) -> NaiveState {
    NaiveState(
      record: record, kind: kind, isErased: isErased, cells: put.filter { !covered.contains($0.key) },
      awaited: awaited.union(marks))
  }
}
