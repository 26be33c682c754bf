import Foundation
import Crypto
import HTTP
import Hub
import JSON
import Store
import Sync
import TestKit
import Testing

@Suite("Waiting for news")
struct WaitingTests {
  private let parent: TemporaryFolder
  private let folder: HubFolder
  private let hub: HubProcess
  private static let (reader, writer) = ("bogota-aaaaa", "bogota-bbbbb")

  init() throws {
    parent = try TemporaryFolder()
    folder = HubFolder(parent.url.appendingPathComponent("hub"))
    hub = try HubProcess(folder: folder, host: "127.0.0.1", port: 0, version: "test")
    hub.start()
    let caller = try Caller(hub.port)
    _ = try caller.call("POST", "/v1/members", token: admin, body: #"{"member":"bogota"}"#)
    for id in [Self.reader, Self.writer] {
      let made = try caller.call("POST", "/v1/invites", token: admin, body: #"{"member":"bogota"}"#)
      let invite = try #require(made.json["invite"]?.text?.string)
      #expect(try caller.call("POST", "/v1/join", body: Desk.joinBody(id, id, invite)).status == 200)
    }
    try write(1)
  }

  private var admin: String? { folder.read(folder.adminToken) }

  private func write(_ n: Int) throws {
    let change = """
      {"at":1,"kind":"event","n":\(n),"ops":[{"put":["title"],"value":"\(n)"}],"record":"\(Desk.record(n))",\
      "replica":"\(Self.writer)"}
      """
    let answer = try Caller(hub.port).call("POST", "/v1/changes", token: Self.writer, body: Scribe.batch([change]))
    #expect(answer.status == 200)
  }

  private func head() throws -> String {
    try #require(try Caller(hub.port).call("GET", "/v1/digest", token: Self.reader).json["head"]?.text?.string)
  }

  private func sync(since cursor: String, wait: String) -> String {
    """
    {"protocol":1,"replica":"\(Self.reader)","own":0,"acknowledged":{"n":0,"hash":"\(Digest.zero)"},\
    "cursor":"\(cursor)","wait":\(wait)}
    """
  }

  @Test("a feed and a sync that wait hear of a change as soon as it is written")
  func news() throws {
    defer { hub.stop(graceMilliseconds: 1_000) }
    let head = try head()
    let (feed, replica) = (try Caller(hub.port), try Caller(hub.port))
    try feed.send("GET", "/v1/changes?since=\(head)&wait=50", token: Self.reader)
    try replica.send("POST", "/v1/sync", token: Self.reader, body: sync(since: head, wait: "50"))
    try write(2)
    for caller in [feed, replica] {
      let answer = try caller.receive()
      #expect(answer.status == 200)
      #expect(answer.json["entries"]?.array?.count == 1)
    }
  }

  @Test("news that come in the very transaction that found none are not missed")
  func sameGroup() throws {
    defer { hub.stop(graceMilliseconds: 1_000) }
    let desk = try Desk()
    let (reader, writer) = (try desk.scribe("bogota-aaaaa"), try desk.scribe("bogota-bbbbb"))
    let wait = try desk.waiting(Desk.http("GET", "/v1/changes?wait=50", token: reader.token, type: nil))
    let batch = Scribe.batch([writer.title(1, Desk.record(1), "news")])
    let write = try desk.waiting(Desk.http("POST", "/v1/changes", token: writer.token, body: Array(batch.utf8)))
    let health = try desk.waiting(Desk.http("GET", "/healthz", token: nil, type: nil))
    try desk.world.backUpHub(as: "copy.db")
    let thread = try StoreThread(
      HubService(
        store: Store(path: desk.world.folder.path("copy.db"), role: .hub), version: "test", clock: { 1 },
        random: { Array(repeating: 7, count: $0) }))
    let (gate, answered) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    // While this answer is held, the two others come together.
    thread.submit(health) { _ in gate.wait() }
    thread.submit(wait) { response in
      if Answer(response).entries.count == 1 { answered.signal() }
    }
    thread.submit(write) { _ in }
    gate.signal()
    #expect(answered.wait(timeout: .now() + 10) == .success)
    thread.finish()
  }

  @Test("who is behind, or sends a change, does not wait")
  func noNeed() throws {
    defer { hub.stop(graceMilliseconds: 1_000) }
    let caller = try Caller(hub.port)
    let behind = try caller.call("GET", "/v1/changes?wait=50", token: Self.reader)
    #expect(behind.json["entries"]?.array?.count == 1)
    let change = """
      {"at":1,"kind":"event","n":1,"ops":[{"put":["title"],"value":"x"}],"record":"\(Desk.record(9))",\
      "replica":"\(Self.reader)"}
      """
    let body = try sync(since: head(), wait: "50").dropLast() + #","changes":[\#(change)]}"#
    #expect(
      try caller.call("POST", "/v1/sync", token: Self.reader, body: String(body)).json["results"]?.array?.count == 1)
  }

  @Test("a body that would take much room does not wait")
  func longBody() throws {
    defer { hub.stop(graceMilliseconds: 1_000) }
    let body = try sync(since: head(), wait: "50")
    let padded = body + String(repeating: " ", count: 64 * 1_024 + 1 - body.utf8.count)
    // An answer that is held for 50 seconds is none to this caller.
    #expect(try Caller(hub.port).call("POST", "/v1/sync", token: Self.reader, body: padded).status == 200)
    let waiting = try Caller(hub.port)
    try waiting.send("POST", "/v1/sync", token: Self.reader, body: String(padded.dropLast()))
    try write(2)
    #expect(try waiting.receive().json["entries"]?.array?.count == 1)
  }

  @Test("who has waited in vain gets an empty page")
  func inVain() throws {
    defer { hub.stop(graceMilliseconds: 1_000) }
    let caller = try Caller(hub.port)
    let answer = try caller.call("GET", "/v1/changes?since=\(try head())&wait=1", token: Self.reader)
    #expect(answer.status == 200)
    #expect(answer.json["entries"] == [])
    #expect(answer.json["more"] == false)
  }

  @Test("a token that is taken back ends the waiting at once")
  func revoked() throws {
    defer { hub.stop(graceMilliseconds: 1_000) }
    let caller = try Caller(hub.port)
    try caller.send("GET", "/v1/changes?since=\(try head())&wait=50", token: Self.reader)
    let revoked = try Caller(hub.port).call("POST", "/v1/replicas/\(Self.reader)/revoke", token: admin)
    #expect(revoked.status == 200)
    let answer = try caller.receive()
    #expect(answer.status == 401)
    #expect(answer.json["code"] == "revoked")
  }

  @Test("a hub that stops answers those who wait")
  func stopped() throws {
    let caller = try Caller(hub.port)
    try caller.send("POST", "/v1/sync", token: Self.reader, body: sync(since: head(), wait: "50"))
    // An answer on another connection means that the hub has read what came before.
    _ = try head()
    hub.stop(graceMilliseconds: 5_000)
    let answer = try caller.receiveAll()
    #expect(answer.status == 200)
    #expect(answer.closes, "it is the last on this connection")
  }

  @Test(
    "how long to wait is a number of seconds up to 55",
    arguments: ["-1", "56", "1.5", "\"1\"", "99999999999999999999", "null"])
  func badWait(_ wait: String) throws {
    defer { hub.stop(graceMilliseconds: 1_000) }
    let caller = try Caller(hub.port)
    let target = "/v1/changes?wait=\(wait.replacing("\"", with: "%22"))"
    #expect(try caller.call("GET", target, token: Self.reader).json["code"] == "bad-request")
    let synced = try caller.call("POST", "/v1/sync", token: Self.reader, body: sync(since: head(), wait: wait))
    #expect(synced.json["code"] == "bad-request")
  }
}
