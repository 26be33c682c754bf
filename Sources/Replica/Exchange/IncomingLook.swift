import JSON
import SQLite
import Store
public import Sync

/// What entries of the feed would do to the records here, without doing it.
public struct IncomingLook {
  /// Changes that others made.
  public private(set) var changes = 0
  /// Records that come as a whole and differ from what is here.
  public private(set) var states = 0
  /// Own changes that come back with their place in the log.
  public private(set) var own = 0
  /// The records that would be new here.
  public private(set) var new: Set<RecordID> = []
  /// The records here that something would happen to.
  public private(set) var touched: Set<RecordID> = []
  /// The records here that would be deleted, erased or dropped.
  public var removed: Set<RecordID> { removals.removed }
  /// The records here of which values would be overwritten.
  public var overwritten: Set<RecordID> { removals.overwritten }
  /// Who made the changes.
  public private(set) var members: Set<MemberName> = []
  private var removals = Removals()
  private var seen: Set<RecordID> = []
  private let replica: LocalReplica

  init(_ replica: LocalReplica) { self.replica = replica }

  /// Looks at a page.
  mutating func add(_ answer: SyncAnswer) throws {
    for entry in answer.entries { try add(entry) }
  }

  /// When states were taken from the start: records of which none came would be dropped, own pending ones apart.
  mutating func addMissing() throws {
    try replica.store.connection.rows(
      """
      SELECT id FROM record WHERE hash IS NOT NULL AND deleted < 2
      AND NOT EXISTS (SELECT 1 FROM log WHERE fate IN (0, 7) AND log.record = record.num)
      """
    ) { row in
      if let id = RecordID(bytes: row.bytes(0)), !seen.contains(id) { removals.removed.insert(id) }
    }
  }

  /// What would be taken away.
  var weight: SyncWeight { removals.weight(isIncoming: true) }

  private mutating func add(_ entry: FeedEntry) throws {
    guard let id = entry.record else {
      own += 1
      return
    }
    seen.insert(id)
    let record = try replica.record(id)
    let known = record.flatMap { $0.state.isEmpty ? nil : $0 }
    switch entry.content {
    case .change(let change):
      guard known.map({ entry.seq > $0.seq || $0.isStale }) ?? true else { return }
      changes += 1
      members.insert(change.replica.member)
      note(id, isKnown: known != nil)
      if let known { removals.add(change, to: known.state) }
    case .state(let state):
      guard known.map({ entry.seq >= $0.seq || $0.isStale }) ?? true, known?.baseState != state else { return }
      states += 1
      members.formUnion(state.cells.map(\.name.replica.member))
      note(id, isKnown: known != nil)
      if let known { weigh(state, known) }
    case .erasure, .withdrawal:
      guard let known, !known.state.isErased else { return }
      touched.insert(id)
      removals.removed.insert(id)
    case .own: break
    }
  }

  private mutating func note(_ id: RecordID, isKnown: Bool) {
    if isKnown { touched.insert(id) } else { new.insert(id) }
  }

  private mutating func weigh(_ state: RecordState, _ record: StoredRecord) {
    let here = record.baseState ?? record.state
    if state.isErased || state.isDeleted && !here.isDeleted {
      removals.removed.insert(state.record)
    } else if here.cells.contains(where: { cell in !state.cells(at: cell.path).contains { $0.name == cell.name } }) {
      removals.overwritten.insert(state.record)
    }
  }
}
