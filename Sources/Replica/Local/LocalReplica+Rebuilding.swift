import JSON
import SQLite
import Store
import Sync

extension LocalReplica {
  /// Works out what is shown: the base with the own changes outside it applied again; stores it, or purges a record
  /// of which nothing is left.
  func rebuild(_ record: inout StoredRecord) throws {
    let outside = try outside(record.num)
    let base = record.baseState
    if base == nil, outside.isEmpty, try !isNeeded(record) { return try purge(record) }
    var state = base ?? RecordState(record: record.state.record, kind: record.state.kind)
    for (row, change) in outside {
      state.apply(change, time: row.fate == .applied ? min(change.at, row.time) : change.at)
    }
    record.state = state
    if let base { record.base = outside.isEmpty ? .shown : .apart(base) } else { record.base = .none }
    try save(&record)
  }

  /// Marks which of the own changes to a record its new base does not hold, when states are taken from the start.
  ///
  /// - Parameters:
  ///   - record: a record whose base is new, or gone.
  ///   - held: the last number of the present id that the hub held when it answered; all under former ids is held.
  func settle(_ record: StoredRecord, held: Int64) throws {
    let number = try store.replicas.find(try settings.replica)
    try store.log.history(from: record.last) { row in
      let isLive = row.fate == .pending || row.fate == .applied
      let isOutside = row.replica == number && isLive && row.n > held
      if isOutside != row.isOutside {
        var row = row
        row.isOutside = isOutside
        try store.log.update(row)
      }
      return true
    }
  }

  /// Begins to take the states from the start; every base stands in until its new one has come.
  func beginRebase() throws {
    try store.connection.run("UPDATE record SET stale = 1 WHERE hash IS NOT NULL")
    try settings.setCursor(nil)
    try settings.setFurthest(nil)
    try settings.setRebasing(true)
  }

  /// Ends it: records for which no state came are dropped, but what was erased stays so and is told to the hub again.
  func finishRebase(held: OwnPoint, at time: Int64) throws {
    var numbers: [Int64] = []
    try store.connection.rows("SELECT num FROM record WHERE stale = 1") { numbers.append($0.integer(0)) }
    for number in numbers {
      guard var record = try store.records.find(num: number) else { continue }
      let (id, kind, wasErased) = (record.state.record, record.state.kind, record.state.isErased)
      record.base = .none
      record.seq = 0
      record.isStale = false
      try settle(record, held: held.n)
      try rebuild(&record)
      if wasErased { try eraseAgain(id, kind: kind, at: time) }
    }
    if !numbers.isEmpty { try DerivedTables.forgetWords(store) }
    try settings.setRebasing(false)
  }

  /// Writes an erasure that a restored hub has forgotten; says whether it had to: an own one may be on its way already.
  @discardableResult
  func eraseAgain(_ id: RecordID, kind: Text? = nil, at time: Int64) throws -> Bool {
    let record = try store.records.find(id)
    guard record?.state.isErased != true, let kind = kind ?? record?.state.kind else { return false }
    return try edit(id, kind: kind, at: time) { $0.erase() } != nil
  }

  /// Forgets the bytes of a record's changes for good; what no hub has accepted is offered without its operations.
  func forgetBodies(of record: StoredRecord, before pos: Int64) throws {
    try store.log.history(from: record.last) { row in
      guard row.pos < pos else { return true }
      let fate: LogRow.Fate = row.fate == .pending || row.fate == .pendingVoid ? .pendingVoid : .erased
      try store.log.forgetBody(row.pos, fate: fate)
      try store.log.forgetVerdict(row.pos)
      return true
    }
  }

  /// Whether an own change to the record is refused and waits for somebody, or is still to be offered.
  private func isNeeded(_ record: StoredRecord) throws -> Bool {
    var found = false
    try store.log.history(from: record.last) { row in
      found = try row.fate == .pendingVoid || row.fate == .pending || store.log.verdict(row.pos) != nil
      return !found
    }
    return found
  }

  /// Removes what this replica holds of a record.
  ///
  /// One that has a history keeps an empty row: its dots name it, and its
  /// number must never become another record's.
  private func purge(_ record: StoredRecord) throws {
    try DerivedTables.forget(store.connection, record.num)
    try store.log.history(from: record.last) { row in
      let keeps = row.fate == .pendingVoid || row.fate == .rejected || row.fate == .void
      try store.log.forgetBody(row.pos, fate: keeps ? row.fate : .erased)
      return true
    }
    guard record.last > 0 else { return try store.records.remove(num: record.num) }
    var empty = record
    empty.state = RecordState(record: record.state.record, kind: record.state.kind)
    empty.base = .none
    empty.seq = 0
    try save(&empty)
  }
}
