public import JSON
public import Replica
import Store
public import Sync

/// One city of a test world: a replica with a real file, and a person who types.
public final class TestCity {
  /// The world it lives in.
  public let world: TestWorld
  /// The name of its file.
  public let file: String
  /// The replica, open.
  public private(set) var replica: LocalReplica
  /// Its clock, as a difference to the hub's, in milliseconds.
  public var skew: Int64 = 0
  /// What the last sync told.
  public private(set) var events: [SyncSession.Event] = []
  /// What it did, record by record.
  public private(set) var news = SyncNews()
  private var random: SeededRandom

  init(world: TestWorld, file: String, replica: LocalReplica, seed: UInt64) {
    self.world = world
    self.file = file
    self.replica = replica
    random = SeededRandom(seed)
  }

  /// The city's clock.
  public var now: Int64 { world.time + skew }

  /// Closes the file, does something with it, and opens it again.
  public func reopen(_ body: () throws -> Void = {}) throws {
    try replica.close()
    try body()
    replica = try LocalReplica(path: world.folder.path(file))
  }

  /// Joins the hub as it is now.
  public func join(acceptsNewHub: Bool = false) throws {
    let invite = try world.invite(try replica.settings.replica.member.description)
    for _ in 0..<3 {
      let call = try replica.joinCall(invite: invite) { self.random.bytes($0) }
      guard let reply = world.send(call) else { continue }
      let joined = try replica.receiveJoin(reply, url: "http://hub", acceptsNewHub: acceptsNewHub) {
        self.random.bytes($0)
      }
      if case .bound = joined { return }
    }
    throw TestError("could not join")
  }

  /// Syncs until everything is exchanged; a lost answer ends it with `unreachable`.
  @discardableResult
  public func sync(
    _ sizes: SyncSession.Settings = SyncSession.Settings(), limits: SyncLimits? = nil
  ) throws -> SyncTally {
    var session = try SyncSession(
      replica: replica, version: "test", sizes: sizes, limits: limits, clock: { self.now },
      random: { self.random.bytes($0) })
    defer { (events, news) = (session.events, session.news) }
    for _ in 0..<10_000 {
      switch try session.next() {
      case .finished: return session.tally
      case .send(let call):
        guard let reply = world.send(call) else {
          throw SyncFailure(.unreachable, "the answer was lost", advice: "try again")
        }
        try session.receive(reply)
      }
    }
    throw TestError("the sync does not end")
  }

  /// Checks this city against the hub.
  public func verify() throws -> Verification.Outcome {
    for _ in 0..<5 {
      try sync()
      var check = try Verification(replica: replica)
      loop: while true {
        switch try check.next() {
        case .finished(let outcome): return outcome
        case .syncFirst: break loop
        case .send(let call):
          guard let reply = world.send(call) else { throw TestError("the answer was lost") }
          try check.receive(reply, at: now)
        }
      }
    }
    throw TestError("the check does not end")
  }

  /// Writes a new event.
  @discardableResult
  public func addEvent(_ title: String) throws -> RecordID {
    let id = RecordID(milliseconds: now, random: random.bytes(10))
    try put(id, "title", .string(Text(title)))
    return id
  }

  /// Writes a plain field.
  @discardableResult
  public func put(_ id: RecordID, _ field: Text, _ value: JSON) throws -> Change? {
    try replica.edit(id, kind: "event", at: now) { $0.put(Path(field), value) }
  }

  /// Does anything to an event.
  @discardableResult
  public func edit(_ id: RecordID, _ body: (inout ChangeDraft) throws -> Void) throws -> Change? {
    try replica.edit(id, kind: "event", at: now, body)
  }

  /// Writes a plain field past this client's own rules, as a client with other rules would.
  @discardableResult
  public func writeUnchecked(_ id: RecordID, _ field: Text, _ value: JSON) throws -> Change? {
    try replica.edit(id, kind: "event", at: now, checked: false) { $0.put(Path(field), value) }
  }

  /// The token, for calls made by hand.
  public func token() throws -> Text? { try replica.store.settings.text("token") }

  /// What is shown of a record.
  public func state(_ id: RecordID) throws -> RecordState? { try replica.record(id)?.state }

  /// The title that is shown.
  public func title(_ id: RecordID) throws -> String? { try state(id).flatMap { $0.value("title") }?.text?.string }

  /// All states by id, for comparing cities; records of which nothing is left are not there.
  public func states() throws -> [RecordID: RecordState] {
    var found: [RecordID: RecordState] = [:]
    try replica.store.records.each { record in
      if !record.state.isEmpty { found[record.state.record] = record.state }
    }
    return found
  }
}
