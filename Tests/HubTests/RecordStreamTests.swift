import Foundation
import HTTP
import Hub
import JSON
import Net
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("Integrators: more records than fit into memory")
struct RecordStreamTests {
  private let desk: Desk
  private let token: String
  private let parent: TemporaryFolder
  private let folder: SpoolFolder

  init() throws {
    desk = try Desk()
    token = try desk.token("integrator")
    parent = try TemporaryFolder()
    folder = SpoolFolder(path: parent.url.path)
  }

  private func event(_ number: Int, _ title: String = "Foro") -> String {
    #"{"record":"event","title":"\#(title) \#(number)","when":{"start":"2027-05-04"},"sourceIds":["crm:\#(number)"]}"#
  }

  private func lines(_ range: Range<Int>) -> String { range.map { event($0) + "\n" }.joined() }

  private func http(_ target: String, _ fields: [(String, String)]) -> HTTPRequest {
    var http = Desk.http("POST", target, token: token, type: "application/x-ndjson")
    for (name, value) in fields { http.fields.append(.init(name, value)) }
    return http
  }

  /// Posts a body as a running hub does; `before` is told which part comes next and may answer it.
  private func post(
    _ body: String, _ target: String = "/v1/records", fields: [(String, String)] = [], room: Int = 1 << 30,
    before: @escaping (Int) -> HTTPResponse? = { _ in nil }
  ) -> Answer {
    let spool = SpoolFile(folder, limit: 1 << 30)
    #expect(spool.append(Array(body.utf8)))
    var part = 0
    var stream = RecordStream(
      http(target, fields), body: spool, results: SpoolFile(folder, limit: room), hub: desk.hub.hub
    ) { request in
      part += 1
      return before(part) ?? desk.hub.handle([request])[0] ?? HTTPResponse(status: 204)
    }
    var response = stream.run()
    if let end = response.spool { response.body += end.read(at: 0, count: end.count) ?? [] }
    response.spool = nil
    let answer = Answer(response)
    desk.checkContract(answer, to: http(target, fields))
    return answer
  }

  private func statuses(_ answer: Answer) -> [String] {
    (answer.json["results"]?.array ?? []).map { $0["status"]?.text?.string ?? "?" }
  }

  private func records() throws -> Int64 { try desk.store.connection.integer("SELECT count(*) FROM record") ?? -1 }

  @Test("each line has its result, in order, and each part a transaction of its own")
  func inOrder() throws {
    let long = #"{"record":"event","title":"\#(String(repeating: "x", count: 3 << 20))"}"#
    let body = [lines(0..<1_200), "\r\n \n", "{\"record\":\n", long, "\n", lines(1_200..<2_300), event(5)].joined()
    var parts = 0
    let answer = post(body) { part in
      parts = part
      return nil
    }
    #expect(answer.status == 200)
    let wanted =
      Array(repeating: "created", count: 1_200) + ["refused", "refused"] + Array(repeating: "created", count: 1_100)
      + ["unchanged"]
    #expect(statuses(answer) == wanted)
    let results = answer.json["results"]?.array ?? []
    #expect(results[1_200]["code"] == "bad-json")
    #expect(results[1_201]["code"] == "too-large")
    #expect(results.compactMap { $0["n"]?.integer } == (1...2_300).map { Int64($0) })
    #expect(answer.json["created"] == 2_300)
    #expect(answer.json["refused"] == 2)
    #expect(answer.json["unchanged"] == 1)
    #expect(answer.json["head"] == .string(desk.hub.log.head.text))
    #expect(parts > 2 && parts < 12)
    #expect(try records() == 2_300)
  }

  @Test("a request that was cut off goes on where it was, by its key")
  func again() throws {
    let (body, key) = (lines(0..<2_500), [("Idempotency-Key", "night-1")])
    let full = HTTPResponse.problem(status: 503, code: "storage-failed")
    let first = post(body, fields: key) { $0 > 1 ? full : nil }
    #expect(Array(statuses(first)[..<1_000]) == Array(repeating: "created", count: 1_000))
    #expect(Array(statuses(first)[1_000...]) == Array(repeating: "refused", count: 1_500))
    #expect(first.json["results"]?.array?[1_000]["code"] == "storage-failed")
    #expect(try records() == 1_000)

    let second = post(body, fields: key)
    #expect(statuses(second) == Array(repeating: "created", count: 2_500))
    #expect(try records() == 2_500)
    let third = post(body, fields: key)
    #expect(third.response.body == second.response.body)
    #expect(post(body + event(1), fields: key).code == "idempotency-key-reused")
    #expect(try records() == 2_500)
    // Without the key the same is said again: nothing of it is new.
    #expect(post(body).json["unchanged"] == 2_500)
  }

  @Test("a token that is taken back in between stops what follows, and keeps what was taken")
  func revoked() throws {
    let tokens = desk.get("/v1/tokens", token: desk.admin).json["tokens"]?.array ?? []
    let id = try #require(tokens.first { $0["role"] == "integrator" }?["id"]?.text?.string)
    let answer = post(lines(0..<2_200)) { part in
      if part == 3 { desk.post("/v1/tokens/\(id)/revoke", token: desk.admin, "") }
      return nil
    }
    #expect(answer.status == 200)
    #expect(answer.json["created"] == 2_000)
    #expect(answer.json["refused"] == 200)
    #expect(answer.json["results"]?.array?.last?["code"] == "revoked")
    #expect(post(lines(0..<2_200)).code == "revoked")
  }

  @Test("what no part could be taken of is refused as a whole")
  func refused() throws {
    var parts = 0
    let count = { (part: Int) -> HTTPResponse? in
      parts = part
      return nil
    }
    #expect(post(lines(0..<2), fields: [("If-Match", "*")], before: count).code == "bad-request")
    #expect(post(String(repeating: "{}\n", count: 100_001), before: count).code == "batch-too-large")
    #expect(parts == 0)
    #expect(post(lines(0..<1_500), "/v1/records?dry_run=perhaps", before: count).code == "bad-request")
    #expect(parts == 1)
    #expect(try records() == 0)
    let one = post(event(1), fields: [("If-Match", "\"0\"")])
    #expect(one.code == "precondition-failed")
  }

  @Test("a dry run of many writes nothing")
  func dryRun() throws {
    let answer = post(lines(0..<1_500), "/v1/records?dry_run=true")
    #expect(answer.json["created"] == 1_500)
    #expect(answer.json["dry_run"] == true)
    #expect(try records() == 0)
  }

  @Test("results for which there is no room are told of, and the key brings them")
  func noRoom() throws {
    let (body, key) = (lines(0..<2_500), [("Idempotency-Key", "k")])
    let answer = post(body, fields: key, room: 150_000)
    #expect(answer.code == "storage-failed")
    #expect(statuses(post(body, fields: key)) == Array(repeating: "created", count: 2_500))
    #expect(try records() == 2_500)
  }

  @Test("an empty body has no results")
  func empty() {
    let answer = post(String(repeating: "\n", count: 3_000))
    #expect(answer.status == 200)
    #expect(answer.json["results"] == [])
  }

  @Test("over the network: lines from many megabytes, in one request")
  func network() throws {
    let hub = try HubProcess(
      folder: HubFolder(parent.url.appendingPathComponent("hub")), host: "127.0.0.1", port: 0, version: "test")
    hub.start()
    defer { hub.stop(graceMilliseconds: 1_000) }
    let place = HubFolder(parent.url.appendingPathComponent("hub"))
    let admin = try #require(place.read(place.adminToken))
    let caller = try Caller(hub.port)
    _ = try caller.call("POST", "/v1/members", token: admin, body: #"{"member":"bogota"}"#)
    let made = try caller.call(
      "POST", "/v1/tokens", token: admin, body: #"{"role":"integrator","member":"bogota","label":"crm"}"#)
    let token = try #require(made.json["token"]?.text?.string)
    let bytes = Array(lines(0..<1_001).utf8)
    let fields = [
      ("Host", "hub"), ("Content-Type", "application/x-ndjson"), ("Authorization", "Bearer \(token)"),
    ]
    for word in ["created", "unchanged"] {
      try caller.send(
        "POST", MessageWriter.request(method: "POST", target: "/v1/records", fields: fields, body: bytes))
      let answer = try caller.receive()
      #expect(answer.status == 200)
      #expect(answer.json["results"]?.array?.count == 1_001)
      #expect(answer.json[Text(word)] == 1_001)
    }
    // The same as a list is more than a list may hold.
    let list = "[" + (0..<1_001).map { event($0) }.joined(separator: ",") + "]"
    #expect(try caller.call("POST", "/v1/records", token: token, body: list).json["code"] == "batch-too-large")
  }
}
