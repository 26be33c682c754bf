public import Crypto
public import JSON
import SQLite
public import Store
public import Sync

/// The hub's log: takes what replicas offer, gives each accepted change its place, and serves the feed.
///
/// All of it happens inside ``transaction(_:)``; records that a transaction touches are written once, at its end.
///
/// ## Topics
/// - Taking: ``take(_:from:now:)``
/// - Serving: ``page(for:after:limit:)``
/// - Where it stands: ``head``, ``digest``, ``held(of:)``
public final class HubLog {
  let store: Store
  /// The hub's id, made once.
  public let hub: Text
  var point: HubPoint
  var touched: [RecordID: StoredRecord] = [:]
  /// Records as they are stored, kept at hand: a busy record is read from the file once.
  private var recent: [RecordID: StoredRecord] = [:]
  private static let recentRecords = 4_096
  var lastHeld: [ReplicaID: OwnPoint] = [:]
  var hasWritten = false
  /// How many entries a page of states walks along.
  package var mostWalked: Int64 = 20_000
  private var nextRecord: Int64?
  private var knowsRewritten: Bool?
  /// The parts of the digest, once somebody has asked for them.
  var knownBuckets: Buckets?

  /// Opens the log of a store.
  ///
  /// - Parameters:
  ///   - store: a hub's store.
  ///   - newID: the id of a hub that has none yet.
  public init(store: Store, newID: Text) throws {
    self.store = store
    point = try HubPoint(store)
    if let id = try store.settings.text("hub") {
      hub = id
    } else {
      hub = newID
      try store.transaction { try store.settings.set("hub", text: newID) }
    }
  }

  /// The head of the log, as a cursor.
  public var head: Cursor { Cursor(hub: hub, seq: point.seq, chain: point.chain.prefix) }

  /// The sum of the hashes of all states, mod 2^256.
  public var digest: Digest { point.digest }

  /// Runs one write transaction; what a failed one learnt is forgotten.
  public func transaction<T>(_ body: () throws -> T) throws -> T {
    let before = point
    hasWritten = false
    do {
      return try store.transaction {
        let result = try body()
        try flush()
        if hasWritten { try point.save(to: store) }
        return result
      }
    } catch {
      point = before
      touched = [:]
      recent = [:]
      lastHeld = [:]
      nextRecord = nil
      knowsRewritten = nil
      knownBuckets = nil
      throw error
    }
  }

  /// The last change of a replica that the hub holds.
  public func held(of replica: ReplicaID) throws -> OwnPoint {
    if let known = lastHeld[replica] { return known }
    var found = OwnPoint.none
    if let number = try store.replicas.find(replica) {
      let last = try store.log.lastNumber(of: number)
      if last > 0, let row = try store.log.row(replica: number, n: last) { found = OwnPoint(n: last, hash: row.hash) }
    }
    lastHeld[replica] = found
    return found
  }

  /// The first bytes of the chain at a seq.
  public func chain(at seq: Int64) throws -> UInt64? { try store.log.chain(at: seq) }

  /// The hash of one of a replica's changes.
  public func hash(of replica: ReplicaID, n: Int64) throws -> Digest? {
    guard let number = try store.replicas.find(replica) else { return nil }
    return try store.log.row(replica: number, n: n)?.hash
  }

  /// The row where a name stands, be it refused or void.
  func row(of name: ChangeName) throws -> LogRow? {
    guard let number = try store.replicas.find(name.replica),
      let pos = try store.log.position(of: name, replica: number)
    else { return nil }
    return try store.log.row(pos)
  }

  /// A record, taken out so that changing it copies nothing; whoever takes it puts it into `touched`.
  func takeRecord(_ id: RecordID) throws -> StoredRecord? {
    try touched.removeValue(forKey: id) ?? recent.removeValue(forKey: id) ?? store.records.find(id)
  }

  /// Whether any change in the log was written again under another dot; no log has such a change for long stretches.
  func hasRewritten() throws -> Bool {
    if let known = knowsRewritten { return known }
    let found = try store.log.hasNames()
    knowsRewritten = found
    return found
  }

  /// Remembers where a change stands that was written again.
  func setName(_ name: ChangeName, pos: Int64) throws {
    try store.log.setName(name, replica: try store.replicas.number(name.replica), pos: pos)
    knowsRewritten = true
  }

  /// A record, as this transaction has left it.
  func record(_ id: RecordID) throws -> StoredRecord? {
    try touched[id] ?? recent[id] ?? store.records.find(id)
  }

  /// A record that nobody has written yet, with a number of its own.
  func newRecord(_ id: RecordID, kind: Text) throws -> StoredRecord {
    let num = try nextRecord ?? store.records.nextNumber()
    nextRecord = num + 1
    return StoredRecord(num: num, state: RecordState(record: id, kind: kind))
  }

  /// Writes the records that this transaction touched, and moves the digest.
  func flush() throws {
    if recent.count + touched.count > Self.recentRecords { recent.removeAll(keepingCapacity: true) }
    // In the order of the file. Sorting the records themselves would copy each of them many times over.
    let order = touched.map { (num: $0.value.num, id: $0.key) }.sorted { $0.num < $1.num }
    for (_, id) in order {
      guard var record = touched.removeValue(forKey: id) else { continue }
      let before = record.baseHash
      try store.records.save(&record)
      if record.state.isErased { try Origins.forget(id, record.num, store.connection) }
      try Origins.add(record.state, record.num, store.connection)
      point.digest = point.digest &- (before ?? .zero) &+ (record.baseHash ?? .zero)
      knownBuckets?.move(id, record.num, from: before, to: record.baseHash)
      recent[id] = record
    }
  }
}
