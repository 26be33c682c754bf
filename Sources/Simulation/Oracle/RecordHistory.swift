import Crypto

/// The applied changes of one record in the hub's order.
struct RecordHistory {
  /// That a name in `over` was not in the log yet: a mark from one seq up to another, or for ever.
  struct Wait {
    let spot: NaiveSpot
    let from: Int64
    let to: Int64?

    /// Whether the mark is there after the entry of a seq.
    func isOpen(at seq: Int64) -> Bool { from <= seq && to.map { seq < $0 } ?? true }
  }

  let record: [UInt8]
  let kind: [UInt8]
  private(set) var changes: [(seq: Int64, time: Int64, change: NaiveChange)] = []
  private(set) var waits: [Wait] = []
  /// Where it was erased.
  private(set) var erased: Int64?
  private var final: (state: NaiveState, hash: Digest)?

  init(_ record: [UInt8], kind: [UInt8]) {
    (self.record, self.kind) = (record, kind)
  }

  /// Takes the next entry.
  mutating func take(_ entry: FileEntry, _ change: NaiveChange) {
    changes.append((entry.pos, entry.time, change))
    if change.erases, erased == nil { erased = entry.pos }
  }

  /// The hub erased it when its log was put back.
  mutating func erase(at seq: Int64) { erased = erased ?? seq }

  /// Ends the history: finds the awaited marks (Protocol, 4.3), knowing where each name came first.
  mutating func end(_ arrival: (NaiveName) -> Int64?) {
    var open: Set<NaiveSpot> = []
    for (seq, _, change) in changes {
      for operation in change.operations {
        for name in operation.over {
          let came = arrival(name)
          let spot = NaiveSpot(path: operation.path, name: name)
          guard came.map({ $0 > seq }) ?? true, open.insert(spot).inserted else { continue }
          waits.append(Wait(spot: spot, from: seq, to: came))
        }
      }
    }
    let state = fold(to: .max)
    final = (state, state.hash)
  }

  /// The state after the entry of a seq; nil where it cannot be known, for the bytes before an erasure are
  /// gone.
  func state(at seq: Int64) -> (state: NaiveState, hash: Digest)? {
    if let erased, seq < erased { return nil }
    let newest = max(changes.last?.seq ?? 0, waits.compactMap(\.to).max() ?? 0)
    if let final, seq >= newest { return final }
    let state = fold(to: seq)
    return (state, state.hash)
  }

  private func fold(to seq: Int64) -> NaiveState {
    if erased != nil { return NaiveState(record: record, kind: kind, isErased: true) }
    var fold = NaiveFold()
    for (place, time, change) in changes where place <= seq { fold.take(change, hubTime: time) }
    let marks = waits.filter { $0.isOpen(at: seq) }.map(\.spot)
    return fold.state(record: record, kind: kind, adding: Set(marks))
  }

  /// Whether an entry at this place was made while there was a mark, or set or cleared one.
  func touchesMark(at seq: Int64) -> Bool { waits.contains { $0.from <= seq && seq <= $0.to ?? .max } }
}
