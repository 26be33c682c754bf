import Crypto
import JSON
import Store
public import Sync

/// One sync, as a state machine: says what to send next, is given what came back, and applies it.
///
/// It has no clock, no randomness and no socket of its own; whatever happens in between, its state is in the replica's
/// file, so that a session that is cut anywhere is simply begun anew.
///
/// ## Topics
/// - Driving it: ``next()``, ``receive(_:)``
/// - What it did: ``tally``, ``events``
public struct SyncSession {
  /// What to do next.
  public enum Step: Sendable {
    /// Send this, and give the answer to ``SyncSession/receive(_:)``.
    case send(HubCall)
    /// Everything is exchanged.
    case finished
  }

  /// Something out of the ordinary that the user should hear of.
  public enum Event: Hashable, Sendable {
    /// The hub came back from an older backup, or is new: own changes after this number are offered again.
    case historyChanged(held: Int64)
    /// Another copy of this file has written under its name; it goes on under a new one.
    case forked(former: ReplicaID, now: ReplicaID)
  }

  /// The sizes of requests.
  public struct Settings: Sendable {
    /// Changes in one request at most.
    public var batchChanges = 500
    /// Bytes of changes after which a request ends.
    public var batchBytes = 256 * 1024
    /// Entries asked for at once.
    public var pageEntries = 500

    /// The usual sizes.
    public init() {}
  }

  enum Waiting {
    case sync(sent: [Int64], cursor: Cursor?)
    case look
    case identity
    case held([LogRow])
  }

  let replica: LocalReplica
  private let version: String
  private let sizes: Settings
  let random: (Int) -> [UInt8]
  private let clock: () -> Int64
  private let wait: Int
  /// What keeps one sync from taking away very much unasked; `nil` where nobody minds.
  var gate: SyncGate?
  private var waiting: Waiting?
  private var isComplete = false
  private var fruitless = 0
  /// How often the hub refused and was given another try; with the events it bounds the session.
  var retries = 0
  /// Whether the hub's word that another file goes on under this name was taken for a late one already.
  var hasDoubtedFork = false
  /// The number from which the hub wants the next batch, if it has said so.
  var wanted: Int64?
  /// The greatest such number so far; a hub that asks for no greater one leads nowhere.
  var mostWanted: Int64 = 0
  /// What was done so far.
  public private(set) var tally = SyncTally()
  /// What happened out of the ordinary.
  public internal(set) var events: [Event] = []
  /// What was done, record by record.
  public private(set) var news = SyncNews()
  /// How many entries of the hub's log are still to be read, as far as it is known.
  public private(set) var remaining: Int64 = 0

  /// Begins a session.
  ///
  /// - Parameters:
  ///   - replica: a replica that has joined a hub.
  ///   - version: the program's version, told to the hub.
  ///   - sizes: the sizes of requests.
  ///   - limits: how much it may take away; `nil` for any amount.
  ///   - wait: for how many seconds the hub may hold its answer while there is no news (0 to 55).
  ///   - clock: Unix time in milliseconds.
  ///   - random: so many random bytes, for a new identity.
  public init(
    replica: LocalReplica, version: String, sizes: Settings = Settings(), limits: SyncLimits? = nil, wait: Int = 0,
    clock: @escaping () -> Int64, random: @escaping (Int) -> [UInt8]
  ) throws {
    guard try replica.settings.token != nil, try replica.settings.url != nil else { throw ReplicaError.notJoined }
    self.replica = replica
    self.version = version
    self.sizes = sizes
    self.wait = wait
    self.clock = clock
    self.random = random
    if let limits { gate = try SyncGate(limits, replica) }
  }

  /// What to do next.
  public mutating func next() throws -> Step {
    if isComplete { return .finished }
    let settings = replica.settings
    if let next = try settings.next {
      waiting = .identity
      let body: JSON = ["replica": .string(next.replica.text), "token": .string(next.tokenHash)]
      return .send(HubCall(method: "POST", path: "/v1/identity", token: try settings.token, body: body.write()))
    }
    if try settings.heldThrough != nil {
      let rows = try replica.unasked(limit: 1_000)
      if !rows.isEmpty {
        waiting = .held(rows)
        return .send(
          HubCall(method: "POST", path: "/v1/held", token: try settings.token, body: try question(rows)))
      }
      try replica.finishAsking()
    }
    try gate?.checkOutgoing(replica)
    if let place = gate?.place {
      waiting = .look
      let path = "/v1/changes?limit=1000&since=\(place)"
      return .send(HubCall(method: "GET", path: path, token: try settings.token))
    }
    return .send(try syncCall())
  }

  private func question(_ rows: [LogRow]) throws -> [UInt8] {
    let dots = try rows.map { row -> JSON in
      let id = try replica.store.replicas.id(row.replica)
      return ["hash": .string(Text(row.hash.hex)), "n": .int(row.n), "replica": .string(id.text)]
    }
    return JSON.object(["changes": .array(dots)]).write()
  }

  private mutating func syncCall() throws -> HubCall {
    let settings = replica.settings
    // What waits at the hub is looked at before anything is sent.
    let isLooking = gate?.isOpen == false
    let batch =
      isLooking
      ? ([], []) : try replica.batch(from: wanted, changes: sizes.batchChanges, bytes: sizes.batchBytes)
    let cursor = try settings.cursor
    waiting = .sync(sent: batch.0, cursor: cursor)
    let handshake = Handshake(
      replica: try settings.replica, cursor: cursor, furthest: try settings.furthest,
      ownLast: try replica.ownLast(), acknowledged: try settings.acknowledged)
    let report = ReplicaReport(
      version: version, clock: clock(), pending: try replica.pendingCount(), rejected: try replica.rejectedCount(),
      conflicts: try replica.conflictCount())
    let request = SyncRequest(
      handshake: handshake, changes: batch.1, limit: sizes.pageEntries, report: report,
      wait: try wait > 0 && cursor != nil && batch.1.isEmpty && replica.pendingCount() == 0 ? wait : 0)
    return HubCall(method: "POST", path: "/v1/sync", token: try settings.token, body: request.bytes)
  }

  /// Takes an answer; throws a ``SyncFailure`` when this session cannot go on.
  public mutating func receive(_ reply: HubReply) throws {
    guard let waiting else { return }
    self.waiting = nil
    if reply.status == 200 {
      guard reply.mediaType == "application/json" else {
        throw SyncFailure.notTheHub("it answered with '\(reply.mediaType)'")
      }
      switch waiting {
      case .sync(let sent, let cursor): try receiveSync(reply, sent: sent, from: cursor)
      case .identity: try receiveIdentity(reply)
      case .held(let rows): try receiveHeld(reply, rows)
      case .look: try receiveLook(reply)
      }
      return
    }
    guard let problem = HubProblem(reply) else { throw unexpected(reply) }
    if let hub = problem.hub, let pinned = try replica.settings.hub, hub != pinned {
      throw SyncFailure.notTheHub("it is another hub (\(hub)) than the one this replica joined (\(pinned))")
    }
    try receive(problem, to: waiting, retryAfter: reply.retryAfterSeconds)
  }

  private mutating func receiveSync(_ reply: HubReply, sent: [Int64], from cursor: Cursor?) throws {
    let answer: SyncAnswer
    do { answer = try SyncAnswer(body: reply.body) } catch { throw SyncFailure.notTheHub(error.description) }
    try checkHub(answer.hub)
    if gate?.isOpen == false {
      // Held until the gate has seen all that would come with it.
      let released = try gate?.look(at: answer, size: reply.body.count, from: cursor, replica) ?? []
      return try take(released, from: cursor)
    }
    try take(answer, sent: sent, from: cursor)
  }

  mutating func take(_ answer: SyncAnswer, sent: [Int64], from cursor: Cursor?) throws {
    do {
      let (applied, done, told) = try replica.apply(answer, sent: sent, at: clock())
      if applied == .forked { return try beginIdentity() }
      tally = tally + done
      news.add(told)
      remaining = max(0, answer.head.seq - answer.cursor.seq)
    } catch is ForkFound {
      return try beginIdentity()
    } catch let error as MessageError {
      throw SyncFailure.notTheHub(error.description)
    }
    wanted = nil
    isComplete = try !answer.hasMore && !answer.cursor.isCatchingUp && replica.pendingCount() == 0
    if isComplete { try replica.store.transaction { try replica.settings.setLastSync(clock()) } }
    fruitless = sent.isEmpty && answer.cursor == cursor && !isComplete ? fruitless + 1 : 0
    if fruitless > 2 { throw SyncFailure.notTheHub("it says that there is more, but does not send it") }
  }

  private mutating func receiveIdentity(_ reply: HubReply) throws {
    guard let json = try? JSON.parse(reply.body), let hub = json["hub"]?.text, let next = try replica.settings.next,
      json["replica"]?.text == next.replica.text
    else { throw SyncFailure.notTheHub("its answer cannot be read") }
    try checkHub(hub)
    let former = try replica.settings.replica
    try replica.adopt(next)
    events.append(.forked(former: former, now: try replica.settings.replica))
    gate?.closeAgain()
  }

  private mutating func receiveHeld(_ reply: HubReply, _ rows: [LogRow]) throws {
    guard let json = try? JSON.parse(reply.body), let hub = json["hub"]?.text, let list = json["fates"]?.array,
      list.count == rows.count, let head = json["head"]?.text.flatMap({ Cursor($0) })
    else { throw SyncFailure.notTheHub("its answer cannot be read") }
    try checkHub(hub)
    let fates = try list.map { item -> Fate? in
      if item == .null { return nil }
      guard let report = FateReport(item) else { throw SyncFailure.notTheHub("a fate in its answer cannot be read") }
      return report.fate
    }
    if try !replica.takeHeld(fates, of: rows, head: head) { try beginIdentity() }
  }

  func checkHub(_ hub: Text) throws {
    guard try hub == replica.settings.hub else {
      throw SyncFailure.notTheHub("it is another hub than the one this replica joined")
    }
  }

  private func unexpected(_ reply: HubReply) -> SyncFailure {
    if reply.status >= 500 || reply.status == 429 {
      return SyncFailure(
        .unreachable, "The hub, or something before it, answered with status \(reply.status).",
        advice: "Nothing is lost; try again later.", retryAfterSeconds: reply.retryAfterSeconds)
    }
    return SyncFailure.notTheHub("it answered with status \(reply.status)")
  }
}
