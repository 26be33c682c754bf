import Crypto
import Foundation
import HTTP
import Hub
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("A hub that runs")
struct ProcessTests {
  private let parent: TemporaryFolder
  private let folder: HubFolder

  init() throws {
    parent = try TemporaryFolder()
    folder = HubFolder(parent.url.appendingPathComponent("hub"))
  }

  private func open() throws -> HubProcess {
    try HubProcess(folder: folder, host: "127.0.0.1", port: 0, version: "test")
  }

  private func admin() throws -> String { try #require(folder.read(folder.adminToken)) }

  private func mode(_ url: URL) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int)
  }

  /// Replicas of one member that have joined over the network; the token of each is its id.
  private func join(_ hub: HubProcess, _ ids: [String]) throws {
    let caller = try Caller(hub.port)
    _ = try caller.call("POST", "/v1/members", token: try admin(), body: #"{"member":"bogota"}"#)
    for id in ids {
      let made = try caller.call("POST", "/v1/invites", token: try admin(), body: #"{"member":"bogota"}"#)
      let invite = try #require(made.json["invite"]?.text?.string)
      #expect(try caller.call("POST", "/v1/join", body: Desk.joinBody(id, id, invite)).status == 200)
    }
  }

  private static func change(_ id: String, _ n: Int, record: RecordID) -> String {
    """
    {"at":1,"kind":"event","n":\(n),"ops":[{"put":["title"],"value":"\(id) \(n)"}],"record":"\(record)",\
    "replica":"\(id)"}
    """
  }

  private static func batch(_ id: String, _ n: Int, record: RecordID) -> String {
    Scribe.batch([change(id, n, record: record)])
  }

  @Test("only the owner can read the folder, the token and the file, and the address is there while it runs")
  func files() throws {
    let hub = try open()
    hub.start()
    #expect(hub.isNew)
    #expect(try mode(folder.url) == 0o700)
    #expect(try mode(folder.adminToken) == 0o600)
    #expect(try mode(folder.database) & 0o077 == 0)
    #expect(folder.read(folder.address) == "http://127.0.0.1:\(hub.port)")
    let caller = try Caller(hub.port)
    for path in ["/healthz", "/healthz?x=1"] {
      let health = try caller.call("GET", path)
      #expect(health.status == 200)
      #expect(health.json == ["status": "ok", "hub": .string(Text(hub.hub))])
    }
    #expect(try caller.call("GET", "/v1/status", token: try admin()).json["version"] == "test")
    #expect(try caller.call("GET", "/nowhere").json["code"] == "not-found")
    hub.stop(graceMilliseconds: 1_000)
    #expect(!FileManager.default.fileExists(atPath: folder.address.path))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["admin-token", "hub.db"])
    #expect(throws: TestError.self) { try Caller(hub.port) }
  }

  @Test("a copy made over the network while others write is whole, its owner's alone, and no draft outlives a start")
  func copies() throws {
    let draft = folder.backups.appendingPathComponent("hub-1-x.db.part-journal")
    try FileManager.default.createDirectory(at: folder.backups, withIntermediateDirectories: true)
    try Data("left by a hub that died".utf8).write(to: draft)
    let hub = try open()
    hub.start()
    #expect(!FileManager.default.fileExists(atPath: draft.path))
    try join(hub, ["bogota-aaaaa"])
    let (asking, writing) = (try Caller(hub.port), try Caller(hub.port))
    for n in 1...40 {
      let body = Self.batch("bogota-aaaaa", n, record: Desk.record(n))
      #expect(try writing.call("POST", "/v1/changes", token: "bogota-aaaaa", body: body).status == 200)
      // A change stands between the beginning of the copy and its end.
      if n == 39 { try asking.send("POST", "/v1/backup", token: try admin()) }
    }
    let made = try asking.receive()
    hub.stop(graceMilliseconds: 1_000)
    #expect(made.status == 201)
    let file = try #require(made.json["file"]?.text?.string)
    #expect(try mode(URL(fileURLWithPath: file)) == 0o600)
    let store = try Store(reading: file, role: .hub)
    var verification = HubVerification(store)
    let outcome = try verification.run()
    #expect(outcome.agrees && outcome.entries == made.json["head"]?.integer && outcome.entries >= 38)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.backups.path).count == 1)
  }

  @Test("a second process on the same folder is refused and disturbs nothing")
  func second() throws {
    let hub = try open()
    hub.start()
    defer { hub.stop(graceMilliseconds: 1_000) }
    let (token, address) = (try admin(), folder.read(folder.address))
    let error = #expect(throws: HubFolder.InUse.self) { try open() }
    #expect(error?.description.contains("another hub is serving from \(folder.url.path)") == true)
    #expect(try admin() == token)
    #expect(folder.read(folder.address) == address)
    let caller = try Caller(hub.port)
    #expect(try caller.call("POST", "/v1/members", token: token, body: #"{"member":"bogota"}"#).status == 201)
  }

  @Test("stopped is closed: the folder can be opened again at once, with the same id, head, token and contacts")
  func restart() throws {
    let first = try open()
    first.start()
    try join(first, ["bogota-aaaaa"])
    let caller = try Caller(first.port)
    let body = Self.batch("bogota-aaaaa", 1, record: Desk.record(1))
    #expect(try caller.call("POST", "/v1/changes", token: "bogota-aaaaa", body: body).status == 200)
    let sync = """
      {"protocol":1,"replica":"bogota-aaaaa","own":1,"acknowledged":{"n":0,"hash":"\(Digest.zero)"},
       "report":{"clock":1,"conflicts":0,"pending":7,"rejected":0,"version":"9.9"}}
      """
    // The first contact is written down at once, the next one only with something else, or at the end.
    for body in [sync.replacing("\"pending\":7", with: "\"pending\":1"), sync] {
      #expect(try caller.call("POST", "/v1/sync", token: "bogota-aaaaa", body: body).status == 200)
    }
    let digest = try caller.call("GET", "/v1/digest", token: try admin()).json
    let token = try admin()
    first.stop(graceMilliseconds: 1_000)
    first.stop(graceMilliseconds: 0)
    try withExtendedLifetime(first) {
      let second = try open()
      second.start()
      #expect(!second.isNew)
      #expect(second.hub == first.hub)
      #expect(try admin() == token)
      let caller = try Caller(second.port)
      #expect(try caller.call("GET", "/v1/digest", token: token).json == digest)
      let again = try caller.call("POST", "/v1/changes", token: "bogota-aaaaa", body: body).json
      #expect(again["results"]?.array?.first?["duplicate"] == true)
      let replicas = try caller.call("GET", "/v1/replicas", token: token).json["replicas"]?.array ?? []
      #expect(replicas.first?["pending"] == 7, "what was heard last is written down when the hub stops")
      second.stop(graceMilliseconds: 1_000)
    }
  }

  @Test("a lost token file is made anew, and the lost token opens nothing")
  func lostToken() throws {
    let first = try open()
    let old = try admin()
    first.stop(graceMilliseconds: 0)
    try FileManager.default.removeItem(at: folder.adminToken)
    try withExtendedLifetime(first) {
      let second = try open()
      second.start()
      defer { second.stop(graceMilliseconds: 1_000) }
      #expect(try admin() != old)
      let caller = try Caller(second.port)
      #expect(try caller.call("GET", "/v1/status", token: old).json["code"] == "revoked")
      #expect(try caller.call("GET", "/v1/status", token: try admin()).status == 200)
    }
  }

  @Test("64 posts at once from eight replicas are all acknowledged, and each change stands in the log once")
  func parallel() throws {
    let hub = try open()
    hub.start()
    let ids = (0..<8).map { "bogota-aaaa\($0)" }
    try join(hub, ids)
    // Each replica sends its first 1, 2 … 8 changes over eight connections; whichever comes first, all are in order.
    var waiting: [(id: String, count: Int, caller: Caller)] = []
    for count in 1...8 {
      for id in ids { waiting.append((id, count, try Caller(hub.port))) }
    }
    for (id, count, caller) in waiting.shuffled() {
      let changes = (1...count).map { Self.change(id, $0, record: Desk.record($0 % 3)) }
      try caller.send("POST", "/v1/changes", token: id, body: Scribe.batch(changes))
    }
    var firsts: [String: Int] = [:]
    for (id, count, caller) in waiting {
      let answer = try caller.receive()
      let results = answer.json["results"]?.array ?? []
      #expect(answer.status == 200)
      #expect(results.map { $0["n"]?.integer } == (1...count).map { Int64($0) })
      #expect(results.allSatisfy { $0["fate"] == "applied" })
      for result in results where result["duplicate"] == nil { firsts["\(id) \(result["n"] ?? 0)", default: 0] += 1 }
    }
    #expect(firsts.count == 64)
    #expect(firsts.values.allSatisfy { $0 == 1 })
    hub.stop(graceMilliseconds: 1_000)
    try withExtendedLifetime(hub) { try expectOnce(ids, 8) }
  }

  /// Every dot stands in the log, once, and the log is whole.
  private func expectOnce(_ ids: [String], _ perReplica: Int) throws {
    let store = try Store(path: folder.database.path, role: .hub, mode: .readWrite)
    defer { try? store.close() }
    #expect(try store.log.lastPosition() == Int64(ids.count * perReplica))
    for id in ids {
      let replica = try #require(ReplicaID(Text(id)))
      let number = try #require(try store.replicas.find(replica))
      let rows = try store.connection.integer("SELECT count(*) FROM log WHERE replica = ?1", .integer(number))
      #expect(rows == Int64(perReplica))
      #expect(try store.log.lastNumber(of: number) == Int64(perReplica))
    }
    var (sum, chain) = (Digest.zero, Chain.start)
    try store.records.each { sum = sum &+ $0.state.hash }
    for pos in 1...Int64(ids.count * perReplica) {
      let row = try #require(try store.log.row(pos))
      chain = Chain.next(chain, hash: row.hash, time: row.time)
      #expect(row.chain == chain.prefix)
    }
    let point = try #require(try store.settings.bytes("point"))
    #expect(Array(point[8..<40]) == chain.bytes)
    #expect(Array(point[40...]) == sum.bytes)
  }

  @Test("requests that were sent before the stop are answered, and what was acknowledged is there")
  func stopping() throws {
    let hub = try open()
    hub.start()
    let ids = (0..<8).map { "bogota-bbbb\($0)" }
    try join(hub, ids)
    let callers = try ids.map { _ in try Caller(hub.port) }
    // A first round makes sure that every connection is accepted.
    for caller in callers { _ = try caller.call("GET", "/healthz") }
    for (caller, id) in zip(callers, ids) {
      try caller.send("POST", "/v1/changes", token: id, body: Self.batch(id, 1, record: Desk.record(1)))
    }
    // The server has taken a request when the next one of the same moment is answered.
    _ = try Caller(hub.port).call("GET", "/healthz")
    hub.stop(graceMilliseconds: 2_000)
    for caller in callers {
      let answer = try caller.receive()
      #expect(answer.status == 200)
      #expect(answer.json["results"]?.array?.first?["fate"] == "applied")
    }
    try withExtendedLifetime(hub) { try expectOnce(ids, 1) }
  }

  @Test("a head without a good token is answered before its big body comes, a good one waits for it")
  func precheck() throws {
    let hub = try open()
    hub.start()
    defer { hub.stop(graceMilliseconds: 500) }
    func head(_ method: String, _ path: String, _ token: String?) -> [UInt8] {
      let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
      let length = 8 * 1024 * 1024
      return Array(
        """
        \(method) \(path) HTTP/1.1\r\nHost: hub\r\n\(authorization)Content-Type: application/json\r\n\
        Content-Length: \(length)\r\n\r\n
        """.utf8)
    }
    for (method, path, token, status, code) in [
      ("POST", "/v1/sync", nil, 401, "unauthorized"), ("POST", "/v1/changes", "stranger", 401, "unauthorized"),
      ("POST", "/v1/nowhere", "stranger", 404, "not-found"), ("PUT", "/v1/sync", "stranger", 405, "method-not-allowed"),
      ("POST", "/v1/members", "stranger", 401, "unauthorized"),
    ] as [(String, String, String?, Int, String)] {
      let caller = try Caller(hub.port)
      try caller.send(method, head(method, path, token))
      let answer = try caller.receive()
      #expect(answer.status == status, "\(method) \(path)")
      #expect(answer.json["code"] == .string(Text(code)))
    }
    // A token that is revoked is out before the body of the next request is read.
    try join(hub, ["bogota-aaaaa"])
    let caller = try Caller(hub.port)
    #expect(try caller.call("POST", "/v1/replicas/bogota-aaaaa/revoke", token: try admin()).status == 200)
    let late = try Caller(hub.port)
    try late.send("POST", head("POST", "/v1/sync", "bogota-aaaaa"))
    #expect(try late.receive().json["code"] == "revoked")
    // Who has no token cannot make the hub hold a body, and a role is looked at before the body comes.
    let stranger = try Caller(hub.port)
    try stranger.send("POST", head("POST", "/v1/join", nil))
    #expect(try stranger.receive().status == 413)
    let wrong = try Caller(hub.port)
    try wrong.send("POST", head("POST", "/v1/changes", try admin()))
    #expect(try wrong.receive().json["code"] == "forbidden")
    let silent = try Caller(hub.port)
    try silent.send("POST", Array("POST /v1/join HTTP/1.1\r\nHost: hub\r\n\r\n".utf8))
    #expect(try silent.receive().status == 411)
    // One byte over the limit is refused by its length, whoever asks.
    let big = try Caller(hub.port)
    let text = String(decoding: head("POST", "/v1/members", try admin()), as: UTF8.self)
    try big.send("POST", Array(text.replacing("8388608", with: "16385").utf8))
    #expect(try big.receive().status == 413)
  }
}
