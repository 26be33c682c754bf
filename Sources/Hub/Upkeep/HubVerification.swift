public import Crypto
import JSON
import SQLite
public import Store
import Sync

/// Computes everything that a hub's file says a second time, from the log alone.
///
/// Each link of the chain, the hash of each change, the state of each record from its changes in their order, and the
/// digest from the states: what differs from what is stored is a defect of the disk, or of the hub.
public struct HubVerification {
  /// What was found.
  public struct Outcome: Sendable {
    /// What does not agree; at most ``HubVerification/mostProblems`` of it.
    public internal(set) var problems: [String] = []
    /// How many entries the log has.
    public internal(set) var entries: Int64 = 0
    /// How many records were computed from their changes.
    public internal(set) var records = 0
    /// How many records can only be taken at their word, since some of their changes are no longer kept.
    public internal(set) var compacted = 0
    /// The digest of all states, as computed.
    public internal(set) var digest = Digest.zero
    /// Whether all agrees.
    public var agrees: Bool { problems.isEmpty }
  }

  /// How many problems are told.
  public static let mostProblems = 50
  private let store: Store
  private var outcome = Outcome()

  /// A check of a store that nobody writes to.
  public init(_ store: Store) { self.store = store }

  /// Checks all of it.
  ///
  /// - Parameter progress: is told now and then how many of how many steps are done.
  public mutating func run(progress: (Int64, Int64) -> Void = { _, _ in }) throws -> Outcome {
    outcome = Outcome()
    for problem in try store.connection.integrityProblems() { note("the file: \(problem)") }
    guard outcome.agrees else { return outcome }
    let rows = try store.log.lastPosition()
    let records = try store.connection.integer("SELECT count(*) FROM record") ?? 0
    try checkLog { progress($0, rows + records) }
    try checkRecords { progress(rows + $0, rows + records) }
    return outcome
  }

  private mutating func note(_ problem: String) {
    if outcome.problems.count < Self.mostProblems { outcome.problems.append(problem) }
  }

  private mutating func checkLog(_ progress: (Int64) -> Void) throws {
    var (chain, expected) = (Chain.start, Int64(1))
    var found: [String] = []
    try store.connection.rows(
      "SELECT pos, seq, replica, n, record, prev, time, hash, chain, fate, flags, body FROM log ORDER BY pos"
    ) { columns in
      let row = try LogTable.read(columns)
      if row.pos != expected { found.append("entry \(expected) is missing") }
      expected = row.pos + 1
      chain = Chain.next(chain, hash: row.hash, time: row.time)
      if row.chain != chain.prefix { found.append("entry \(row.pos) does not follow from those before it") }
      if let body = columns.optionalBytes(11), SHA256.hash(body) != row.hash {
        found.append("the bytes of entry \(row.pos) are not those that were taken")
      }
      if row.pos.isMultiple(of: 4_096) { progress(row.pos) }
    }
    for problem in found { note(problem) }
    outcome.entries = expected - 1
    do {
      let point = try HubPoint(store)
      if point.chain != chain { note("the log's end is not what was written down") }
    } catch {
      note("\(error)")
    }
  }

  private mutating func checkRecords(_ progress: (Int64) -> Void) throws {
    var found: [(number: Int64, id: RecordID?)] = []
    try store.connection.rows("SELECT num, id FROM record ORDER BY num") {
      found.append(($0.integer(0), RecordID(bytes: $0.bytes(1))))
    }
    for (index, record) in found.enumerated() {
      guard let id = record.id else {
        note("the id of record number \(record.number) is damaged")
        continue
      }
      do {
        try check(record.number, id)
      } catch let error as SQLiteError {
        throw error
      } catch {
        note("record \(id) cannot be read: \(error)")
      }
      if index.isMultiple(of: 256) { progress(Int64(index)) }
    }
    if let point = try? HubPoint(store), point.digest != outcome.digest {
      note("the digest \(point.digest.hex.prefix(16)) should be \(outcome.digest.hex.prefix(16))")
    }
  }

  private mutating func check(_ number: Int64, _ id: RecordID) throws {
    guard let record = try store.records.find(num: number) else { return }
    if record.state.record != id { note("record \(id): its state is another record's") }
    let hash = SHA256.hash(record.state.canonicalBytes())
    outcome.digest = outcome.digest &+ hash
    if record.baseHash != hash { note("record \(id): its state is not the one whose hash is stored") }
    var rows: [LogRow] = []
    try store.log.history(from: record.last) { row in
      rows.append(row)
      return true
    }
    guard let newest = rows.first, newest.pos == record.seq else {
      return note("record \(id): its history does not end where its state does")
    }
    guard let computed = try replay(rows.reversed(), RecordState(record: id, kind: record.state.kind)) else {
      outcome.compacted += 1
      return
    }
    outcome.records += 1
    if computed.canonicalBytes() != record.state.canonicalBytes() {
      note("record \(id): its changes give another state than the one stored")
    }
  }

  /// The state that a record's rows give, oldest first; `nil` if some of them have lost their bytes.
  private func replay(_ rows: [LogRow], _ empty: RecordState) throws -> RecordState? {
    var state = empty
    for row in rows {
      switch row.fate {
      case .erased, .marker: state.erase()
      case .rejected, .void: state.arrive(try store.log.name(of: row, store.replicas))
      case .applied:
        guard let body = try store.log.body(row.pos) else { return nil }
        let change = try Change(bytes: body)
        try state.apply(change, time: min(change.at, row.time)) { try holds($0, before: row.pos) }
      case .duplicate, .pending, .pendingVoid: throw StoreError("entry \(row.pos) has no business in a record")
      }
    }
    return state
  }

  /// Whether the log held a name when an entry was taken.
  private func holds(_ name: ChangeName, before pos: Int64) throws -> Bool {
    guard let replica = try store.replicas.find(name.replica) else { return false }
    // It may have come under another dot first, and under its own later.
    if let again = try store.log.rewrittenPosition(of: name, replica: replica), again < pos { return true }
    guard let row = try store.log.row(replica: replica, n: name.n) else { return false }
    return row.hash.prefix == name.hash && row.pos < pos
  }
}
