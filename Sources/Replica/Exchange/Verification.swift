public import Crypto
import JSON
import SQLite
import Store
public import Sync

/// Checks that this replica and the hub hold the same, and takes the states of the records that differ.
///
/// Digests are computed from the data on both sides and compared; one is never adopted from the other.
public struct Verification {
  /// What to do next.
  public enum Step: Sendable {
    /// Send this, and give the answer to ``Verification/receive(_:at:)``.
    case send(HubCall)
    /// Somebody wrote meanwhile: sync again, and begin anew.
    case syncFirst
    /// The check is over.
    case finished(Outcome)
  }

  /// What the check found.
  public struct Outcome: Hashable, Sendable {
    /// The digest of this replica's part of the hub, after repair.
    public let digest: String
    /// How many records were compared.
    public let records: Int64
    /// The records that differed.
    public let differing: [RecordID]
    /// Whether both sides agree now.
    public let agrees: Bool
    /// The records whose stored state cannot be read and that stay so: own changes to them cannot be read either, and would
    /// be lost.
    public let unrepaired: [RecordID]
  }

  private enum Phase {
    case digest
    case buckets
    case bucket([UInt8])
    case states([RecordID])
    case again
  }

  private let replica: LocalReplica
  private var phase = Phase.digest
  private var differing: [RecordID] = []
  private var unrepaired: [RecordID] = []
  /// Records whose stored state cannot be read, but can be had from the hub.
  private var unreadable: [RecordID] = []
  private var result: Step?

  /// Begins a check of a replica that has just synced.
  public init(replica: LocalReplica) throws {
    guard try replica.settings.url != nil else { throw ReplicaError.notJoined }
    self.replica = replica
  }

  /// What to do next.
  public func next() throws -> Step {
    if let result { return result }
    let token = try replica.settings.token
    switch phase {
    case .digest, .again: return .send(HubCall(method: "GET", path: "/v1/digest", token: token))
    case .buckets: return .send(HubCall(method: "GET", path: "/v1/digest?buckets=1", token: token))
    case .bucket(let left):
      let bucket = Hex.encode([left[0]])
      return .send(HubCall(method: "GET", path: "/v1/digest?bucket=\(bucket)", token: token))
    case .states(let ids):
      let body: JSON = ["records": .array(ids.prefix(200).map { .string($0.text) })]
      return .send(HubCall(method: "POST", path: "/v1/states", token: token, body: body.write()))
    }
  }

  /// Takes an answer.
  public mutating func receive(_ reply: HubReply, at time: Int64) throws {
    if reply.status != 200, let problem = HubProblem(reply) {
      throw problem.failure(retryAfterSeconds: reply.retryAfterSeconds)
    }
    guard reply.status == 200, reply.mediaType == "application/json" else { throw Self.unreadable }
    if case .states(let ids) = phase { return try repair(ids, reply, at: time) }
    guard let json = try? JSON.parse(reply.body, limits: JSONLimits(bytes: 64 * 1024 * 1024)),
      json["hub"]?.text == (try replica.settings.hub), let head = json["head"]?.text.flatMap({ Cursor($0) })
    else { throw Self.unreadable }
    guard try replica.settings.cursor == head else {
      result = .syncFirst
      return
    }
    switch phase {
    case .digest, .again: try compareDigests(json)
    case .buckets: try compareBuckets(json)
    case .bucket(let left): try compareBucket(left, json)
    case .states: break
    }
  }

  private mutating func compareDigests(_ json: JSON) throws {
    if case .digest = phase { try findUnreadable() }
    let own = try replica.digest()
    let agrees = json["digest"]?.text == Text(own.digest.hex)
    if case .digest = phase, !agrees || !unreadable.isEmpty {
      phase = agrees ? .states(unreadable) : .buckets
      if agrees { differing += unreadable }
      return
    }
    result = .finished(
      Outcome(
        digest: own.digest.hex, records: own.records, differing: differing, agrees: agrees, unrepaired: unrepaired))
  }

  /// Digests say nothing of what is shown beside a base, so every stored state is read once.
  private mutating func findUnreadable() throws {
    for record in try replica.unreadableRecords() {
      switch record.remedy {
      case .ownChanges:
        try replica.store.transaction { try replica.rebuildUnreadable(record.id) }
        differing.append(record.id)
      case .hub: unreadable.append(record.id)
      case .none: unrepaired.append(record.id)
      }
    }
  }

  private mutating func compareBuckets(_ json: JSON) throws {
    let theirs = json["buckets"]?.array?.compactMap { $0.text.flatMap { Digest(hex: $0.bytes) } } ?? []
    guard theirs.count == 256 else { throw Self.unreadable }
    let ours = try DigestBuckets.sums(replica.store)
    let different = (0..<256).filter { ours[$0] != theirs[$0] }.map { UInt8($0) }
    phase = different.isEmpty ? .again : .bucket(different)
  }

  private mutating func compareBucket(_ left: [UInt8], _ json: JSON) throws {
    var theirs: [RecordID: Digest] = [:]
    for item in json["records"]?.array ?? [] {
      guard let id = item["id"]?.text.flatMap({ RecordID($0) }),
        let hash = item["hash"]?.text.flatMap({ Digest(hex: $0.bytes) })
      else { throw Self.unreadable }
      theirs[id] = hash
    }
    let ours = Dictionary(uniqueKeysWithValues: try DigestBuckets.records(replica.store, bucket: left[0]))
    differing += Set(theirs.keys).union(ours.keys).filter { theirs[$0] != ours[$0] }.sorted()
    let rest = Array(left.dropFirst())
    guard rest.isEmpty else {
      phase = .bucket(rest)
      return
    }
    differing += unreadable.filter { !differing.contains($0) }
    let asked = differing.filter { !unrepaired.contains($0) }
    phase = asked.isEmpty ? .again : .states(asked)
  }

  private mutating func repair(_ ids: [RecordID], _ reply: HubReply, at time: Int64) throws {
    let answer: SyncAnswer
    do { answer = try SyncAnswer(body: reply.body) } catch { throw Self.unreadable }
    guard try answer.hub == replica.settings.hub else { throw Self.unreadable }
    let answered = Set(answer.entries.compactMap(\.record))
    guard !answered.isEmpty, answered.isSubset(of: ids) else { throw Self.unreadable }
    try replica.store.transaction {
      for id in answered {
        if unreadable.contains(id) { try replica.emptyUnreadable(id) }
        try replica.distrust(id)
      }
      _ = try replica.apply(answer, sent: [], at: time, takesCursor: false)
    }
    let rest = ids.filter { !answered.contains($0) }
    phase = rest.isEmpty ? .again : .states(rest)
  }

  private static let unreadable = SyncFailure.notTheHub("its answer is not what was asked for")
}

extension LocalReplica {
  /// The digest of the bases, computed anew from their bytes; each stored hash is mended where it is wrong.
  public func digest() throws -> (digest: Digest, records: Int64) {
    var sum = Digest.zero
    var count: Int64 = 0
    var wrong: [(Int64, Digest)] = []
    try store.connection.rows("SELECT num, hash, coalesce(base, state) FROM record WHERE hash IS NOT NULL") { row in
      let hash = SHA256.hash(row.bytes(2))
      if Digest(bytes: row.bytes(1)) != hash { wrong.append((row.integer(0), hash)) }
      sum = sum &+ hash
      count += 1
    }
    for (number, hash) in wrong {
      try store.transaction {
        try store.connection.run(
          "UPDATE record SET hash = ?2 WHERE num = ?1", .integer(number), .bytes(hash.bytes))
      }
    }
    return (sum, count)
  }

  /// Marks a record's base as one that the hub's state will replace, whatever its seq.
  func distrust(_ id: RecordID) throws {
    try store.transaction {
      try store.connection.run("UPDATE record SET seq = 0 WHERE id = ?1", .bytes(id.bytes))
    }
  }
}
