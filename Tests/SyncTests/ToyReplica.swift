import Sync

/// A replica in memory that follows one sentence: the hub's log up to the cursor, and own changes not in it yet.
struct ToyReplica {
  struct Own {
    let change: Change
    /// The verdict of the present history.
    var verdict: ToyHub.Verdict?
    /// Refused in any history: it is a void from then on.
    var isRefused = false
    /// Whether the base that is held now contains it.
    var isInBase = false
  }

  struct Base {
    var state: RecordState
    var seq: Int
    /// Left over from a history that is gone.
    var isStale = false
  }

  let id: ReplicaID
  let skew: Int64
  private(set) var history = 0
  private(set) var cursor = 0
  private(set) var isCatchingUp = true
  private(set) var own: [Own] = []
  private(set) var bases: [RecordID: Base] = [:]
  /// Everything that ever stood in this replica's sight.
  private(set) var seen: Set<ChangeName> = []

  init(id: ReplicaID, skew: Int64) {
    self.id = id
    self.skew = skew
  }

  /// What a person sees.
  func shown(_ record: RecordID) -> RecordState {
    var state = bases[record]?.state ?? RecordState(record: record, kind: Sample.kind)
    for mine in remaining(record) { state.apply(mine.change, time: mine.time) { _ in true } }
    return state
  }

  /// Own changes that the base does not hold, with the time that their cells have by now.
  func remaining(_ record: RecordID) -> [(change: Change, time: Int64)] {
    own.filter { $0.change.record == record && !$0.isInBase && !$0.isRefused }.map { mine in
      if case .applied(_, let time) = mine.verdict { return (mine.change, time) }
      return (mine.change, mine.change.at)
    }
  }

  /// Own changes to a record that no hub has accepted.
  func unaccepted(_ record: RecordID) -> [Change] {
    own.filter { $0.change.record == record && $0.verdict == nil && !$0.isRefused }.map(\.change)
  }

  var isSettled: Bool { own.allSatisfy { $0.verdict != nil } && !isCatchingUp }

  /// Writes a change as the program does.
  mutating func edit(_ record: RecordID, clock: Int64, _ body: (inout ChangeDraft) -> Void) throws {
    let state = shown(record)
    seen.formUnion(state.cells.map(\.name))
    var draft = ChangeDraft(state: state, unaccepted: unaccepted(record))
    body(&draft)
    if draft.isEmpty { return }
    let envelope = ChangeEnvelope(
      at: clock + skew, kind: Sample.kind, replica: id, n: Int64(own.count + 1), record: record)
    own.append(Own(change: try draft.finish(envelope)))
  }

  // MARK: Exchange

  /// Offers some changes; the answer may be lost after the hub has done its part.
  mutating func push(to hub: inout ToyHub, count: Int, clock: Int64, isLost: Bool, refuse: () -> Bool) {
    follow(hub)
    var left = count
    for index in own.indices where own[index].verdict == nil && left > 0 {
      left -= 1
      let change = own[index].change
      let void = VoidChange(replica: id, n: change.n, record: change.record, hash: change.hash)
      let offer: ToyHub.Offer = own[index].isRefused ? .void(void) : .change(change)
      let verdict = hub.take(offer, refuse: refuse(), clock: clock)
      if isLost { continue }
      own[index].verdict = verdict
      if verdict == .refused { own[index].isRefused = true }
    }
  }

  /// Takes a page of the feed.
  mutating func pull(from hub: ToyHub, count: Int) {
    follow(hub)
    learnVerdicts(hub)
    for _ in 0..<count {
      if isCatchingUp { takeNextState(hub) } else if cursor < hub.log.count { takeNextEntry(hub) }
    }
  }

  /// Notices another history: offers again what it lacks, and takes the states from the start.
  private mutating func follow(_ hub: ToyHub) {
    guard history != hub.history else { return }
    history = hub.history
    cursor = 0
    isCatchingUp = true
    for index in own.indices { own[index].verdict = nil }
    for record in bases.keys { bases[record]?.isStale = true }
    learnVerdicts(hub)
  }

  /// Every answer says what the hub holds of this replica, so no change is unknown here and in the base there.
  private mutating func learnVerdicts(_ hub: ToyHub) {
    for (index, verdict) in hub.verdicts[id, default: []].enumerated() {
      own[index].verdict = verdict
      own[index].isRefused = verdict == .refused
    }
  }

  private mutating func takeNextState(_ hub: ToyHub) {
    let next = hub.reflected.filter { $0.value > cursor }.min { $0.value < $1.value }
    if let next {
      take(hub.states[next.key], next.key, reflecting: next.value)
      cursor = next.value
      return
    }
    isCatchingUp = false
    cursor = hub.log.count
    for (record, base) in bases where base.isStale {
      bases[record] = nil
      for index in own.indices where own[index].change.record == record { own[index].isInBase = false }
    }
  }

  private mutating func takeNextEntry(_ hub: ToyHub) {
    let entry = hub.log[cursor]
    cursor += 1
    let base =
      bases[entry.record] ?? Base(state: RecordState(record: entry.record, kind: Sample.kind), seq: 0)
    guard cursor > base.seq else { return }
    guard !entry.isState, let change = entry.change else {
      take(hub.states[entry.record], entry.record, reflecting: hub.reflected[entry.record] ?? cursor)
      return
    }
    var state = base.state
    state.apply(change, time: entry.time) { _ in true }
    take(state, entry.record, reflecting: cursor)
  }

  private mutating func take(_ state: RecordState?, _ record: RecordID, reflecting seq: Int) {
    guard let state else { return }
    bases[record] = Base(state: state, seq: seq)
    for index in own.indices where own[index].change.record == record {
      own[index].isInBase = false
      if case .applied(let place, _) = own[index].verdict { own[index].isInBase = place <= seq }
    }
  }
}
