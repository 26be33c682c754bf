public import JSON
import Records
import SQLite
import Store
public import Sync

extension LocalReplica {
  /// Writes one change to a record, in one transaction with the state that follows from it.
  ///
  /// - Parameters:
  ///   - id: the record; one that is not known yet is made.
  ///   - kind: the kind of a record that is made; must be the record's own otherwise.
  ///   - time: the clock, in milliseconds.
  ///   - checked: whether the rules of the fields are kept; only tests of what a hub refuses say no.
  ///   - body: what to do; a draft that stays empty writes nothing.
  /// - Returns: the change, or `nil` if there was nothing to write.
  @discardableResult
  public func edit(
    _ id: RecordID, kind: Text, at time: Int64, checked: Bool = true, _ body: (inout ChangeDraft) throws -> Void
  ) throws -> Change? {
    if store.connection.isInTransaction { return try write(id, kind: kind, at: time, checked: checked, body) }
    return try store.transaction { try write(id, kind: kind, at: time, checked: checked, body) }
  }

  private func write(
    _ id: RecordID, kind: Text, at time: Int64, checked: Bool, _ body: (inout ChangeDraft) throws -> Void
  ) throws -> Change? {
    var record = try store.records.find(id) ?? newRecord(id, kind: kind)
    guard !record.state.isErased else { throw ReplicaError.erased(id) }
    var draft = ChangeDraft(state: record.state, unaccepted: try unaccepted(record))
    try body(&draft)
    return try write(draft, to: &record, kind: kind, at: time, checked: checked)
  }

  /// Writes a draft as the next own change, unless it is empty.
  func write(
    _ draft: ChangeDraft, to record: inout StoredRecord, kind: Text, at time: Int64, checked: Bool = true
  ) throws -> Change? {
    guard !draft.isEmpty else { return nil }
    let own = try settings.replica
    let number = try store.replicas.number(own)
    let envelope = ChangeEnvelope(
      at: time, kind: kind, replica: own, n: try store.log.lastNumber(of: number) + 1, record: record.state.record)
    let change = try draft.finishKeepingRecord(envelope)
    if checked {
      do { try RecordRules.check(change) } catch { throw ReplicaError.refused(error) }
    }
    try append(change, number: number, to: &record)
    return change
  }

  /// Appends an own change and applies it to what is shown.
  func append(_ change: Change, number: Int64, to record: inout StoredRecord) throws {
    let row = LogRow(
      pos: try store.log.lastPosition() + 1, replica: number, n: change.n, record: record.num, prev: record.last,
      time: 0, hash: change.hash, fate: .pending, isOutside: true)
    try store.log.append(row, body: change.bytes)
    if case .shown = record.base { record.base = .apart(record.state) }
    record.last = row.pos
    record.state.apply(change, time: change.at)
    try save(&record)
    if record.state.isErased {
      try forgetBodies(of: record, before: row.pos)
      try DerivedTables.forgetWords(store)
    }
  }

  func newRecord(_ id: RecordID, kind: Text) throws -> StoredRecord {
    StoredRecord(num: try store.records.nextNumber(), state: RecordState(record: id, kind: kind))
  }

  /// Stores a record and everything that is derived from it.
  func save(_ record: inout StoredRecord) throws {
    let isNew = !record.isStored
    try store.records.save(&record)
    try DerivedTables.update(store, record, isNew: isNew)
  }

  /// The own changes to a record that no hub has accepted yet, oldest first.
  func unaccepted(_ record: StoredRecord) throws -> [Change] {
    try outside(record.num).filter { $0.row.fate == .pending }.map(\.change)
  }

  /// The own changes to a record that its base does not hold, oldest first.
  func outside(_ record: Int64) throws -> [(row: LogRow, change: Change)] {
    var found: [(row: LogRow, change: Change)] = []
    for (row, body) in try store.log.outside(record: record) {
      guard let body else { throw StoreError("row \(row.pos) is outside the base but has no bytes") }
      let change = try Change(bytes: body)
      guard change.hash == row.hash else { throw StoreError("row \(row.pos) of the log does not match its hash") }
      found.append((row, change))
    }
    return found
  }
}
