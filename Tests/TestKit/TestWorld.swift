import Crypto
import Foundation
import HTTP
public import Hub
import JSON
public import Replica
import Store
public import Sync

/// A hub and some cities with real files, without sockets: calls go straight into the production service.
public final class TestWorld {
  /// Where the files are.
  public let folder: TemporaryFolder
  /// The hub's clock, in milliseconds.
  public var time: Int64 {
    get { clock.now }
    set { clock.now = newValue }
  }
  private let clock = TestClock()
  /// The hub as it runs now.
  public private(set) var hub: HubService
  private var router: HubRouter
  private var random = SeededRandom(7)
  private var invites = 0
  /// Looks at every call before the hub does; an answer of its own takes the hub's place.
  public var intercept: ((HubCall) -> HubReply?)?
  /// Looks at every answer of the hub; `nil` loses it on the way.
  public var deliver: ((HubCall, HubReply) -> HubReply?)?
  /// How many calls were made.
  public private(set) var calls = 0

  /// Makes a world with these members.
  public init(members: [String] = ["bogota", "durban", "tripoli"]) throws {
    folder = try TemporaryFolder()
    hub = try Self.open(folder.path("hub.db"), clock: clock, seed: 1)
    router = HubRouter(hub: hub.hub)
    for name in members {
      guard let member = MemberName(Text(name)) else { throw TestError("'\(name)' is not a member's name") }
      try hub.log.transaction { try hub.directory.addMember(member, now: time) }
    }
  }

  fileprivate static func open(_ path: String, clock: TestClock, seed: UInt64) throws -> HubService {
    var stream = SeededRandom(seed)
    return try HubService(
      store: Store(path: path, role: .hub), version: "test", clock: { clock.now }, random: { stream.bytes($0) })
  }

  /// Stops the hub, does something with its file, and starts it again.
  public func restartHub(_ body: () throws -> Void = {}) throws {
    let old = hub
    try old.close()
    try body()
    random = SeededRandom(random.next())
    hub = try Self.open(folder.path("hub.db"), clock: clock, seed: random.next())
    router = HubRouter(hub: hub.hub)
  }

  /// Keeps a copy of the hub's file as it is now.
  public func backUpHub(as name: String = "hub-backup.db") throws {
    try restartHub { try folder.copy("hub.db", to: name) }
  }

  /// Puts a copy of the hub's file back.
  public func restoreHub(from name: String = "hub-backup.db") throws {
    try restartHub { try folder.copy(name, to: "hub.db") }
  }

  /// Puts a new, empty hub in the place of the old one.
  public func replaceHub() throws {
    try restartHub {
      for ending in ["", "-wal", "-journal"] {
        try? FileManager.default.removeItem(atPath: folder.path("hub.db") + ending)
      }
    }
  }

  /// An invite for a member.
  public func invite(_ member: String) throws -> String {
    invites += 1
    let code = "invite-\(invites)"
    guard let name = MemberName(Text(member)) else { throw TestError("'\(member)' is not a member's name") }
    try hub.log.transaction {
      if try !hub.directory.hasMember(name) { try hub.directory.addMember(name, now: time) }
      try hub.directory.addInvite(SHA256.hash(Array(code.utf8)), member: name, expires: .max)
    }
    return code
  }

  /// A city that has joined.
  public func city(_ member: String, file: String? = nil) throws -> TestCity {
    guard let name = MemberName(Text(member)), let id = ReplicaID(member: name, random: random.bytes(5)) else {
      throw TestError("'\(member)' is not a member's name")
    }
    let file = file ?? "\(id).db"
    let city = TestCity(
      world: self, file: file, replica: try LocalReplica.create(path: folder.path(file), id: id),
      seed: random.next())
    try city.join()
    return city
  }

  /// A hub and two cities that hold the same events.
  public static func pair(
    titles: [String] = ["Forum"]
  ) throws -> (world: TestWorld, a: TestCity, b: TestCity, ids: [RecordID]) {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let ids = try titles.map { try a.addEvent($0) }
    try a.sync()
    try b.sync()
    return (world, a, b, ids)
  }

  /// A second city whose file is a copy of another's.
  public func copy(_ city: TestCity, as file: String) throws -> TestCity {
    try city.reopen { try folder.copy(city.file, to: file) }
    return TestCity(
      world: self, file: file, replica: try LocalReplica(path: folder.path(file)), seed: random.next())
  }

  /// Carries a call to the hub, as far as the test lets it through; `nil` is a lost answer.
  public func send(_ call: HubCall) -> HubReply? {
    calls += 1
    if let own = intercept?(call) { return own }
    let reply = answer(call)
    guard let deliver else { return reply }
    return deliver(call, reply)
  }

  /// What the hub answers.
  public func answer(_ call: HubCall) -> HubReply {
    let parts = call.path.split(separator: "?", maxSplits: 1)
    let query =
      parts.count < 2
      ? []
      : parts[1].split(separator: "&").map { pair -> (name: String, value: String) in
        let sides = pair.split(separator: "=", maxSplits: 1)
        return (String(sides[0]), sides.count > 1 ? String(sides[1]) : "")
      }
    var fields: [HTTPField] = [HTTPField("Content-Type", "application/json")]
    if let token = call.token { fields.append(HTTPField("Authorization", "Bearer \(token)")) }
    let request = HTTPRequest(
      method: call.method, path: String(parts[0]), query: query, fields: HTTPFields(fields), body: call.body)
    let response: HTTPResponse
    switch router.read(request) {
    case .answer(let early): response = early
    case .request(let read): response = hub.handle([read])[0] ?? HTTPResponse(status: 204)
    }
    let type = response.fields.first { $0.0 == "Content-Type" }?.1 ?? ""
    return HubReply(status: response.status, mediaType: type, body: response.body)
  }
}

/// The hub's clock, which outlives a restart.
private final class TestClock {
  var now: Int64 = 1_700_000_000_000
}

/// Something that went wrong in a test's own scaffolding.
public struct TestError: Error, CustomStringConvertible {
  /// What went wrong.
  public let description: String

  /// An error from its sentence.
  public init(_ description: String) { self.description = description }
}
