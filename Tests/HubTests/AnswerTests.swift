import Crypto
import HTTP
import Hub
import JSON
import Net
import Replica
import Sync
import TestKit
import Testing

@Suite("What the hub says, to the letter")
struct AnswerTests {
  private let desk: Desk
  private let scribe: Scribe
  private let other: Scribe
  private let record = Desk.record(1)

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-7kq2m")
    other = try desk.scribe("durban-4xw9c")
  }

  private var beginning: String { "c1.\(desk.hub.hub).0.0000000000000000" }

  @Test("who has no changes has n 0 and 64 zeros; a withdrawal has the head's seq and the hub's time")
  func nothing() {
    scribe.push(scribe.title(1, record, "one"))
    desk.world.time += 5
    let page = desk.post("/v1/states", token: other.token, #"{"records":["\#(Desk.record(9))"]}"#)
    #expect(page.json["own"] == ["hash": .string(Text(String(repeating: "0", count: 64))), "n": 0])
    #expect(page.entries.first?["withdrawal"] != nil)
    #expect(page.entries.first?["seq"] == 1)
    #expect(page.entries.first?["time"] == .int(desk.world.time))
  }

  @Test("a bucket is named by two digits in lower case")
  func bucket() {
    #expect(desk.get("/v1/digest?bucket=5b", token: scribe.token).status == 200)
    #expect(desk.get("/v1/digest?bucket=5B", token: scribe.token).code == "bad-request")
  }

  @Test("a revoked replica comes back under a new id and a new token, and may ask about its old changes")
  func revoked() throws {
    let change = scribe.title(1, record, "one")
    scribe.push(change)
    #expect(desk.post("/v1/replicas/\(scribe.id)/revoke", token: desk.admin, "").status == 200)
    let invite = try desk.world.invite("bogota")
    for (id, token) in [("\(scribe.id)", "new token"), ("bogota-aaaaa", scribe.token)] {
      #expect(desk.post("/v1/join", token: nil, Desk.joinBody(id, token, invite)).code == "replica-taken")
    }
    #expect(desk.post("/v1/join", token: nil, Desk.joinBody("bogota-aaaaa", "new token", invite)).status == 200)
    let dot = #"{"replica":"\#(scribe.id)","n":1,"hash":"\#(try Scribe.hash(change))"}"#
    let held = desk.post("/v1/held", token: "new token", #"{"changes":[\#(dot)]}"#)
    #expect(held.json["fates"]?.array?.first?["fate"] == "applied")
  }

  @Test("members of other names in a void, and beside it, are passed over")
  func strangeVoid() throws {
    let void = try scribe.void(of: scribe.title(1, record, "one"))
    let strange = void.replacing("{\"void\":{", with: "{\"x\":1.5,\"seq\":7,\"void\":{\"ops\":[],\"x\":{},")
    #expect(strange != void)
    #expect(scribe.push(strange).fates == ["void"])
    #expect(scribe.push(void).json["results"]?.array?.first?["duplicate"] == true)
  }

  @Test("a change that is refused for a number is hashed with its numbers as they are spelled")
  func spelledNumbers() throws {
    for (n, number) in [(Int64(1), "1.50"), (2, "15e-1"), (3, "-0"), (4, "9007199254740993")] {
      let change = scribe.change(n, record, #"{ "value":\#(number), "put":["x"] }"#)
      #expect(scribe.push(change).fates == ["rejected bad-number"])
      let canonical = """
        {"at":1,"kind":"event","n":\(n),"ops":[{"put":["x"],"value":\(number)}],"record":"\(record)",\
        "replica":"\(scribe.id)"}
        """
      #expect(try desk.hub.log.held(of: scribe.id) == OwnPoint(n: n, hash: SHA256.hash(Array(canonical.utf8))))
    }
  }

  @Test("a record takes 2 MiB, its deletes not counted")
  func largestRecord() {
    let text = String(repeating: "x", count: 250_000)
    for n in 1...Int64(9) {
      let change = scribe.change(n, record, #"{"put":["x","\#(n)"],"value":"\#(text)"}"#)
      #expect(scribe.push(change).fates == [n < 9 ? "applied" : "rejected record-too-large"])
    }
    let name = "bogota-7kq2m:1:0000000000000000"
    let paths = Array(repeating: #"["x","\#(String(repeating: "k", count: 2_000))"]"#, count: 200).joined(
      separator: ",")
    let delete = #"{"put":["@life"],"value":{"deleted":{"\#(name)":[\#(paths)]}}}"#
    #expect(scribe.push(scribe.change(10, record, delete)).fates == ["applied"])
  }

  @Test("in one batch a record takes 2 MiB too, and what was refused of it counts for nothing")
  func largestInOneBatch() {
    func change(_ n: Int64, _ bytes: Int) -> String {
      scribe.change(n, record, #"{"put":["x","\#(n)"],"value":"\#(String(repeating: "x", count: bytes))"}"#)
    }
    let sizes = Array(repeating: 250_000, count: 8) + [150_000, 90_000, 50_000, 4_000, 20_000, 100]
    let changes = sizes.enumerated().map { change(Int64($0.offset) + 1, $0.element) }
    let (yes, no) = ("applied", "rejected record-too-large")
    let answer = desk.post("/v1/changes", token: scribe.token, Scribe.batch(changes))
    #expect(answer.fates == Array(repeating: yes, count: 8) + [no, yes, no, yes, no, yes])
  }

  @Test("of an erased record every entry is its erasure at its own seq, for its writer too, but the erasing change")
  func erasures() throws {
    scribe.push(scribe.title(1, record, "one"), scribe.change(2, record, Scribe.put("when", "refused")))
    other.push(other.title(1, record, "two"), other.change(2, record, #"{"erase":true}"#))
    scribe.push(scribe.title(3, record, "late"))
    for reader in [scribe, other] {
      let entries = reader.sync(cursor: beginning).entries
      #expect(entries.compactMap { $0["seq"]?.integer } == [1, 3, 4, 5])
      #expect(entries.map { $0["erasure"] != nil } == [true, true, false, true])
      #expect(entries.dropFirst(2).first?[reader.id == other.id ? "own" : "change"] != nil)
    }
  }

  @Test("no way to the hub follows a redirect: it would carry the token on")
  func redirects() throws {
    let server = try Server(host: "127.0.0.1", port: 0) { request, answer in
      let isFirst = request.path == "/v1/digest"
      answer(HTTPResponse(status: isFirst ? 307 : 200, fields: isFirst ? [("Location", "/elsewhere")] : []))
    }
    server.start()
    defer { server.stop(graceMilliseconds: 0) }
    let address = try HubAddress.parse("http://127.0.0.1:\(server.port)", allowsPlainHTTP: false)
    let call = HubCall(method: "GET", path: "/v1/digest", token: "a token")
    #expect(try SocketTransport(userAgent: "test").send(call, to: address).status == 307)
    #expect(try URLSessionTransport(userAgent: "test").send(call, to: address).status == 307)
  }

  @Test("https to what speaks no TLS is no matter of the connection: it says so, and asks for no second try")
  func notProtected() throws {
    let server = try Server(host: "127.0.0.1", port: 0) { _, answer in answer(HTTPResponse(status: 200)) }
    server.start()
    defer { server.stop(graceMilliseconds: 0) }
    let address = try HubAddress.parse("https://127.0.0.1:\(server.port)", allowsPlainHTTP: false)
    let call = HubCall(method: "GET", path: "/v1/digest", token: "a token")
    let failure = #expect(throws: SyncFailure.self) {
      try URLSessionTransport(userAgent: "test").send(call, to: address)
    }
    #expect(failure?.kind == .notTheHub && failure?.description.contains("SSL") == true)
  }
}
