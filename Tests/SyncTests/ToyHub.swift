import Sync

/// A hub in memory: the log, what arrived, and a state for each record.
struct ToyHub {
  /// What a replica offers under its next number.
  enum Offer {
    case change(Change)
    case void(VoidChange)
  }

  /// What became of an offer.
  enum Verdict: Hashable {
    case applied(seq: Int, time: Int64)
    case refused
  }

  /// One place in the log; a mark that is cleared by a refused change has no change, and travels as a state.
  struct Entry {
    let record: RecordID
    let name: ChangeName
    let time: Int64
    let change: Change?
    let isState: Bool
  }

  /// Which history this is; another one after a restore.
  var history = 0
  private(set) var log: [Entry] = []
  private(set) var held: Set<ChangeName> = []
  private(set) var states: [RecordID: RecordState] = [:]
  /// The last entry of the log that concerns a record.
  private(set) var reflected: [RecordID: Int] = [:]
  /// The verdicts over each replica's changes, by number.
  private(set) var verdicts: [ReplicaID: [Verdict]] = [:]

  func heldCount(_ replica: ReplicaID) -> Int { verdicts[replica, default: []].count }

  /// Takes a replica's next change, or repeats the verdict over an earlier one.
  mutating func take(_ offer: Offer, refuse: Bool, clock: Int64) -> Verdict {
    let (replica, n, record, name) = Self.parts(offer)
    let earlier = verdicts[replica, default: []]
    if n <= earlier.count { return earlier[n - 1] }
    precondition(n == earlier.count + 1, "a gap")
    var state = states[record] ?? RecordState(record: record, kind: Sample.kind)
    let hadMarks = !state.awaited.isEmpty
    var verdict = Verdict.refused
    if case .change(let change) = offer, !refuse {
      let time = min(change.at, clock)
      let effect = state.apply(change, time: time) { held.contains($0) }
      append(
        Entry(
          record: record, name: name, time: time, change: change, isState: hadMarks || effect.touchedMarks))
      verdict = .applied(seq: log.count, time: time)
      states[record] = state
    } else if state.arrive(name) {
      append(Entry(record: record, name: name, time: clock, change: nil, isState: true))
      states[record] = state
    }
    held.insert(name)
    verdicts[replica, default: []].append(verdict)
    return verdict
  }

  private mutating func append(_ entry: Entry) {
    log.append(entry)
    reflected[entry.record] = log.count
  }

  private static func parts(_ offer: Offer) -> (ReplicaID, Int, RecordID, ChangeName) {
    switch offer {
    case .change(let change): (change.replica, Int(change.n), change.record, change.name)
    case .void(let void): (void.replica, Int(void.n), void.record, void.name)
    }
  }

  /// The accepted changes of a record among the first entries of the log.
  func accepted(_ record: RecordID, upTo seq: Int) -> [(change: Change, time: Int64)] {
    log.prefix(seq).compactMap { entry in
      entry.record == record ? entry.change.map { ($0, entry.time) } : nil
    }
  }
}
