import Crypto
import HTTP
import JSON
import Records
import Store
import Sync

/// Takes records as an integrator posts them: works out what it changed since its last word, and writes only that.
struct RecordPosting {
  let log: HubLog
  let table: IntegratorTable
  let replica: ReplicaID
  let now: Int64
  let random: (Int) -> [UInt8]
  /// Whether nothing is to be written.
  let isDryRun: Bool
  /// The states of which the sender says that it has seen them, by their tags; `nil` if it says nothing.
  let expected: EntityTags?
  /// What a dry run would have written so far, and how the integrator would know it.
  private var imagined: [RecordID: (state: RecordState, view: RecordState)] = [:]
  /// Foreign ids that this request gave to records.
  private var given: [Text: RecordID] = [:]

  init(
    log: HubLog, replica: ReplicaID, now: Int64, isDryRun: Bool, expected: EntityTags?,
    random: @escaping (Int) -> [UInt8]
  ) {
    self.log = log
    table = IntegratorTable(connection: log.store.connection)
    self.replica = replica
    self.now = now
    self.isDryRun = isDryRun
    self.expected = expected
    self.random = random
  }

  /// Takes one record; throws only when the store failed, or when ``expected`` is not the record's.
  mutating func post(_ posted: PostedRecord) throws -> PostResult {
    do {
      let id = try find(posted)
      return try post(posted, as: id)
    } catch let rejection as Rejection {
      return .refused(rejection, id: posted.id)
    }
  }

  private mutating func post(_ posted: PostedRecord, as id: RecordID) throws -> PostResult {
    let row = try log.record(id)
    let stored = imagined[id]?.state ?? row?.state
    if let state = stored, state.isErased {
      return .refused(Rejection(.erased, "the record was erased for good"), id: id)
    }
    let isNew = stored?.isEmpty ?? true
    try checkTag(stored)
    guard let kind = (isNew ? posted.kind : stored?.kind).flatMap({ Kinds.named($0) }) else {
      throw Rejection(.missingField, "record: a new record says what it is: event, contact or publication")
    }
    guard posted.kind == nil || posted.kind == kind.name else {
      throw Rejection(.kindMismatch, "the record is of kind '\(kind.name)'")
    }
    let state = stored ?? RecordState(record: id, kind: kind.name)
    // Who names the state it has seen knows all of it; who never wrote to a record writes to it as it is.
    let known =
      expected == nil ? try imagined[id]?.view ?? row.flatMap { try table.view(of: $0.num, for: replica) } : nil
    let view = known ?? state
    guard let change = try change(posted, kind, view: view, isNew: isNew) else {
      return PostResult(status: .unchanged, id: id, tag: Self.tag(state))
    }
    for source in posted.sources { given[source] = id }
    return try write(change, state: state, view: view, isNew: isNew)
  }

  // MARK: - Which record

  private func find(_ posted: PostedRecord) throws -> RecordID {
    if let id = posted.id { return id }
    var found: [RecordID] = []
    for source in posted.sources {
      for id in try given[source].map({ [$0] }) ?? table.records(of: source) where !found.contains(id) {
        if try given[source] != nil || has(id, source, kind: posted.kind) { found.append(id) }
      }
    }
    if found.count > 1 {
      throw Rejection(.invalidField, "sourceIds: they belong to different records here: \(found[0]) and \(found[1])")
    }
    if let id = found.first { return id }
    if let kind = posted.kind, let source = posted.sources.first,
      let id = ImportFile.derivedID(kind: kind, sourceID: source)
    {
      return id
    }
    return RecordID(milliseconds: now, random: random(10))
  }

  /// Whether a record still bears a foreign id, and is of the kind that is meant.
  private func has(_ id: RecordID, _ source: Text, kind: Text?) throws -> Bool {
    guard let state = try log.record(id)?.state, kind == nil || state.kind == kind else { return false }
    return state.cells(of: "sourceIds").contains { $0.path.key == source }
  }

  private func checkTag(_ state: RecordState?) throws {
    guard let expected else { return }
    let tag = state.map { Self.tag($0) }
    guard tag.map(expected.matchesStrongly) == true || (expected.isAny && state?.isEmpty == false) else {
      throw HubRefusal(.preconditionFailed, "the record's ETag is \(tag ?? "none, for there is no such record")")
    }
  }

  /// The tag of a state, as in the ETag of the record (RFC 9110 §8.8.3).
  static func tag(_ state: RecordState) -> String { "\"\(state.hash.hex.prefix(16))\"" }

  // MARK: - What changed

  /// What the integrator changed since its last word; `nil` if nothing.
  private func change(
    _ posted: PostedRecord, _ kind: Kind, view: RecordState, isNew: Bool
  ) throws -> Change? {
    var draft = ChangeDraft(state: view, unaccepted: [])
    if posted.isDeleted {
      guard !isNew, !view.isDeleted else { return nil }
      draft.delete()
    } else {
      try fill(&draft, posted, kind, isNew: isNew)
      if view.isDeleted { draft.restore() }
    }
    guard !draft.isEmpty else { return nil }
    let held = try log.held(of: replica).n
    let envelope = ChangeEnvelope(at: now, kind: kind.name, replica: replica, n: held + 1, record: view.record)
    do {
      let change = try draft.finishKeepingRecord(envelope)
      try RecordRules.check(change)
      return change
    } catch let error as ChangeError {
      throw error.rejection ?? Rejection(.badChange, error.description)
    }
  }

  private func fill(_ draft: inout ChangeDraft, _ posted: PostedRecord, _ kind: Kind, isNew: Bool) throws {
    var document = posted.document
    if isNew, document["owner"] == nil { document["owner"] = .string(replica.member.text) }
    do throws(FieldError) {
      try RecordDocument.draft(
        document, kind: kind, into: &draft, itemKey: { ItemKey.make(random) }, updating: true)
    } catch {
      throw Rejection(error.isMissing ? .missingField : .invalidField, error.message)
    }
    for extra in posted.extras {
      let path = Path(extra.key)
      let old = draft.state.value(path)
      if old?.canonical() == extra.value.canonical() || (old == nil && extra.value == .null) { continue }
      draft.put(path, extra.value)
    }
  }

  // MARK: - Writing

  private mutating func write(
    _ change: Change, state: RecordState, view: RecordState, isNew: Bool
  ) throws -> PostResult {
    var (after, view) = (state, view)
    view.apply(change, time: now)
    if isDryRun {
      after.apply(change, time: now)
      imagined[change.record] = (after, view)
    } else {
      let report = try log.take([Offer(.change(change))], from: replica, now: now)[0]
      if case .rejected(let rejection) = report.fate { return .refused(rejection, id: change.record) }
      guard let row = try log.record(change.record) else { throw StoreError("\(change.record) was there a moment ago") }
      after = row.state
      try table.setView(view, of: row.num, for: replica)
    }
    var result = PostResult(status: isNew ? .created : .updated, id: change.record, tag: Self.tag(after))
    if !isDryRun { result.written = (change.replica, change.n) }
    let paths = Set(change.operations.compactMap(\.path))
    let conflicts = after.conflicts().filter { $0.concerns(paths) }
    if !conflicts.isEmpty {
      result.status = .conflict
      result.conflicts = conflicts.map { $0.json }
    }
    return result
  }
}

extension Conflict {
  /// Whether it is about one of these paths, or about the record's life.
  fileprivate func concerns(_ paths: Set<Path>) -> Bool {
    switch self {
    case .values(let path, _): paths.contains(path)
    case .life: true
    }
  }
}
