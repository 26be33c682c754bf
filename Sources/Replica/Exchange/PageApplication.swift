import Crypto
import JSON
import SQLite
import Store
import Sync

/// Applies the fates and the page of one answer; lives inside one transaction.
///
/// Records are collected, and each is rebuilt and stored once at the end: its base moved, and the own changes that
/// remain outside applied again.
struct PageApplication {
  let replica: LocalReplica
  let own: ReplicaID
  let held: OwnPoint
  let time: Int64
  var tally = SyncTally()
  /// What was done, record by record.
  var news = SyncNews()
  /// The records that others wrote to, and those that are no longer this replica's to see.
  var (received, withdrawn): (Set<RecordID>, Set<RecordID>) = ([], [])
  private var touched: [RecordID: StoredRecord] = [:]
  private var order: [RecordID] = []
  private var eraseAgain: [RecordID] = []
  private let isRebasing: Bool
  private var nextNumber: Int64

  var store: Store { replica.store }

  init(replica: LocalReplica, own: ReplicaID, held: OwnPoint, time: Int64) throws {
    self.replica = replica
    self.own = own
    self.held = held
    self.time = time
    isRebasing = try replica.settings.isRebasing
    nextNumber = try replica.store.records.nextNumber()
  }

  /// Records the fates of the changes that were sent; all of them before anything is rebuilt.
  mutating func record(_ results: [FateReport], sent: [Int64]) throws {
    guard results.map(\.n) == sent else {
      throw MessageError("the answer's results are not those of the changes that were sent")
    }
    guard !sent.isEmpty else { return }
    let number = try store.replicas.number(own)
    for result in results {
      guard var row = try store.log.row(replica: number, n: result.n) else {
        throw StoreError("own change \(result.n) was sent but is not in the log")
      }
      guard row.fate == .pending || row.fate == .pendingVoid else { continue }
      try take(result.fate, &row)
    }
  }

  /// Applies one entry of the feed.
  mutating func apply(_ entry: FeedEntry) throws {
    switch entry.content {
    case .change(let change): try apply(change, entry)
    case .own(let n, let hash): try applyOwn(n, hash, entry)
    case .state(let state): try apply(state, entry)
    case .erasure(let record, let kind): try erase(record, kind: kind, entry)
    case .withdrawal(let record): try withdraw(record)
    }
  }

  /// Rebuilds and stores every record that was touched, and writes forgotten erasures again.
  mutating func finish() throws {
    for id in order {
      guard var record = touched[id] else { continue }
      let before = record
      try replica.rebuild(&record)
      tell(before, record)
    }
    if tally.removed > 0 { try DerivedTables.forgetWords(store) }
    for id in eraseAgain where try replica.eraseAgain(id, at: time) { tally.erasedAgain += 1 }
  }

  private mutating func take(_ fate: Fate, _ row: inout LogRow) throws {
    switch fate {
    case .applied(let seq, let time):
      // Refused in another history, but another copy of this file has brought it here.
      if row.fate == .pendingVoid { try store.log.forgetVerdict(row.pos) }
      row.fate = .applied
      row.seq = seq
      row.time = time
      tally.accepted += 1
    case .erased(let seq, let time):
      row.seq = seq
      row.time = time
      row.isOutside = false
      try store.log.update(row)
      try store.log.forgetBody(row.pos)
      row.fate = .erased
      tally.accepted += 1
    case .rejected(let rejection):
      try replica.remember(rejection, of: row)
      row.fate = .rejected
      row.isOutside = false
      tally.refused += 1
    case .void:
      if row.fate == .pending { try replica.remember(LocalReplica.refusedBefore, of: row) }
      row.fate = .void
      row.isOutside = false
    }
    guard let record = try load(num: row.record) else {
      try store.log.update(row)
      return
    }
    tell(fate, of: record.state.record)
    // The base reflects the hub up to its seq, so it holds what the hub accepted before.
    if case .applied(let seq, _) = fate, !record.isStale, record.seq >= seq { row.isOutside = false }
    try store.log.update(row)
    keep(record)
  }

  private mutating func apply(_ change: Change, _ entry: FeedEntry) throws {
    var record = try load(change.record) ?? newRecord(change.record, kind: change.kind)
    guard !record.isStale else { throw MessageError("a change came for a record whose state was due first") }
    try enter(change, entry, &record)
    if entry.seq > record.seq {
      if record.state.isErased { remember(eraseAgain: change.record) }
      // A record that only this replica knew may be of another kind here than at the hub, whose word counts.
      var base = record.baseState ?? RecordState(record: change.record, kind: change.kind)
      let wasErased = base.isErased
      base.apply(change, time: min(change.at, entry.time))
      setBase(base, seq: entry.seq, &record)
      if base.isErased, !wasErased { try replica.forgetBodies(of: record, before: .max) }
      tally.received += 1
      tell(change)
    }
    keep(record)
  }

  private mutating func applyOwn(_ n: Int64, _ hash: Digest, _ entry: FeedEntry) throws {
    guard let number = try store.replicas.find(own), var row = try store.log.row(replica: number, n: n),
      row.hash == hash
    else { throw ForkFound() }
    row.seq = entry.seq
    row.time = entry.time
    let isNews = row.fate == .pending
    if isNews {
      row.fate = .applied
      tally.accepted += 1
    }
    row.isOutside = false
    try store.log.update(row)
    guard var record = try load(num: row.record) else { return }
    if isNews { news.note(record.state.record) { $0.sent += 1 } }
    if !record.isStale, entry.seq > record.seq {
      var base = baseOrEmpty(record)
      if let body = try store.log.body(row.pos) {
        let change = try Change(bytes: body)
        base.apply(change, time: min(change.at, entry.time))
        setBase(base, seq: entry.seq, &record)
      } else if base.isErased {
        // Its bytes went with the erasure that came before; there is nothing to apply, but the place is known.
        setBase(base, seq: entry.seq, &record)
      }
    }
    keep(record)
  }

  private mutating func apply(_ state: RecordState, _ entry: FeedEntry) throws {
    var record = try load(state.record) ?? newRecord(state.record, kind: state.kind)
    guard record.isStale || entry.seq >= record.seq else { return }
    if record.state.isErased { remember(eraseAgain: state.record) }
    let isNews = record.state != state
    setBase(state, seq: entry.seq, &record)
    try settle(record)
    if isNews {
      tally.states += 1
      received.insert(state.record)
    }
    keep(record)
  }

  private mutating func erase(_ id: RecordID, kind: Text, _ entry: FeedEntry) throws {
    var record = try load(id) ?? newRecord(id, kind: kind)
    var base = RecordState(record: id, kind: kind)
    base.erase()
    setBase(base, seq: max(entry.seq, record.seq), &record)
    try replica.forgetBodies(of: record, before: .max)
    tally.removed += 1
    received.insert(id)
    keep(record)
  }

  private mutating func withdraw(_ id: RecordID) throws {
    guard var record = try load(id) else { return }
    record.base = .none
    record.seq = 0
    record.isStale = false
    tally.removed += 1
    withdrawn.insert(id)
    keep(record)
  }

  /// Marks which own changes a state that has just come holds: all that the hub held when it answered.
  private func settle(_ record: StoredRecord) throws {
    if isRebasing { return try replica.settle(record, held: held.n) }
    let number = try store.replicas.find(own)
    for (row, _) in try store.log.outside(record: record.num) where row.replica != number || row.n <= held.n {
      var row = row
      row.isOutside = false
      try store.log.update(row)
    }
  }

  /// Puts somebody's change into the log, where it serves the record's history.
  private func enter(_ change: Change, _ entry: FeedEntry, _ record: inout StoredRecord) throws {
    try clearOutside(named: change.name, record)
    let number = try store.replicas.number(change.replica)
    if var row = try store.log.row(replica: number, n: change.n) {
      guard row.hash != change.hash || row.seq != entry.seq else { return }
      guard row.hash == change.hash else {
        // Another history had another change under this dot, perhaps of another record.
        try store.log.retire(row)
        return try enter(change, entry, &record)
      }
      row.seq = entry.seq
      row.time = entry.time
      if row.fate == .pending { row.fate = .applied }
      row.isOutside = false
      if row.fate == .erased, !record.state.isErased {
        // Its record had been dropped with a hub's history, and came back.
        row.fate = .applied
        try store.log.restoreBody(row.pos, change.bytes)
      }
      return try store.log.update(row)
    }
    let isErased = record.state.isErased
    let row = LogRow(
      pos: try store.log.lastPosition() + 1, seq: entry.seq, replica: number, n: change.n, record: record.num,
      prev: record.last, time: entry.time, hash: change.hash, fate: isErased ? .erased : .applied)
    try store.log.append(row, body: isErased ? nil : change.bytes)
    record.last = row.pos
  }

  private func clearOutside(named name: ChangeName, _ record: StoredRecord) throws {
    guard record.isStored else { return }
    for (row, body) in try store.log.outside(record: record.num) {
      guard let body, try Change(bytes: body).name == name else { continue }
      var row = row
      row.isOutside = false
      try store.log.update(row)
    }
  }

  private func baseOrEmpty(_ record: StoredRecord) -> RecordState {
    record.baseState ?? RecordState(record: record.state.record, kind: record.state.kind)
  }

  private func setBase(_ base: RecordState, seq: Int64, _ record: inout StoredRecord) {
    record.base = .apart(base)
    record.seq = seq
    record.isStale = false
  }

  private mutating func remember(eraseAgain id: RecordID) {
    if !eraseAgain.contains(id) { eraseAgain.append(id) }
  }

  private mutating func newRecord(_ id: RecordID, kind: Text) -> StoredRecord {
    defer { nextNumber += 1 }
    return StoredRecord(num: nextNumber, state: RecordState(record: id, kind: kind))
  }

  private func load(_ id: RecordID) throws -> StoredRecord? { try touched[id] ?? store.records.find(id) }

  private func load(num: Int64) throws -> StoredRecord? {
    guard num > 0, let record = try store.records.find(num: num) else { return nil }
    return touched[record.state.record] ?? record
  }

  private mutating func keep(_ record: StoredRecord) {
    let id = record.state.record
    if touched.updateValue(record, forKey: id) == nil { order.append(id) }
  }
}
