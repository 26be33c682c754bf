import Crypto
import HTTP
import Hub
import JSON
import Sync
import TestKit
import Testing

@Suite("Bad input is refused and leaves nothing")
struct BadInputTests {
  private let desk: Desk
  private let scribe: Scribe
  private let other: Scribe
  private let second: String

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-7kq2m")
    other = try desk.scribe("durban-4xw9c")
    second = scribe.title(2, Desk.record(2), "two")
    scribe.push(scribe.title(1, Desk.record(1), "one"), second)
  }

  private func expect(_ answer: Answer, _ status: Int, _ code: String, _ name: String, leaves before: [String]) throws {
    #expect(answer.status == status, "\(name): \(answer.json)")
    #expect(answer.code == code, "\(name): \(answer.json)")
    #expect(answer.json["status"] == .int(Int64(status)), "\(name)")
    #expect(answer.field("Content-Type") == "application/problem+json", "\(name)")
    for member in ["type", "title", "detail", "advice", "protocol", "hub"] as [Text] {
      #expect(answer.json[member] != nil, "\(name) lacks \(member)")
    }
    #expect(try desk.stored() == before, "\(name) left something")
  }

  @Test("a batch that cannot be taken refuses the whole request")
  func batches() throws {
    let before = try desk.stored()
    for bad in try BadRequest.batches(scribe, other: other, second: second) {
      let answer = desk.post("/v1/changes", token: scribe.token, bad.body)
      try expect(answer, bad.status, bad.code, bad.name, leaves: before)
      guard ["gap", "forked"].contains(bad.code) else { continue }
      let held: JSON = ["hash": .string(Text(try Scribe.hash(second).hex)), "n": 2]
      #expect(answer.json["own"] == held, "\(bad.name)")
    }
    #expect(
      desk.post("/v1/changes", token: scribe.token, Scribe.batch([scribe.title(4, Desk.record(1), "x")])).json[
        "expected"] == 3)
  }

  @Test("the same batches are refused inside a sync")
  func batchesInSync() throws {
    let before = try desk.stored()
    for bad in try BadRequest.batches(scribe, other: other, second: second) where bad.body.hasPrefix("{\"changes\":[") {
      guard bad.body.hasSuffix("]}"), bad.code != "bad-json" else { continue }
      let changes = String(bad.body.dropFirst(12).dropLast(2))
      let answer = desk.post("/v1/sync", token: scribe.token, scribe.syncBody(changes: [changes]))
      try expect(answer, bad.status, bad.code, "sync with " + bad.name, leaves: before)
    }
  }

  @Test("a handshake that cannot be read refuses the request")
  func syncs() throws {
    let before = try desk.stored()
    for bad in BadRequest.syncs(scribe, other: other) {
      let answer = desk.post("/v1/sync", token: scribe.token, bad.body)
      try expect(answer, bad.status, bad.code, bad.name, leaves: before)
    }
  }

  @Test("a limit that is no integer is not taken for the default", arguments: ["\"5\"", "1e3", "1.5", "null", "[]"])
  func syncLimit(_ limit: String) {
    let answer = scribe.sync(limit: limit)
    #expect(answer.status == 400)
    #expect(answer.code == "bad-request")
  }

  @Test("a body of another media type is refused, a charset is passed over")
  func mediaTypes() throws {
    let before = try desk.stored()
    let body = Array(Scribe.batch([scribe.title(3, Desk.record(1), "x")]).utf8)
    for type in [
      nil, "", "text/plain", "application/jsonx", "application/problem+json", "application/json, text/plain",
    ] {
      for route in HubRoute.allCases where route.takesBody {
        let answer = desk.send(Desk.http("POST", route.path, token: scribe.token, type: type, body: body))
        try expect(answer, 415, "wrong-media-type", "\(route.rawValue) as \(type ?? "nothing")", leaves: before)
      }
    }
    var twice = Desk.http("POST", "/v1/changes", token: scribe.token, body: body)
    twice.fields.append(.init("Content-Type", "application/json"))
    try expect(desk.send(twice), 415, "wrong-media-type", "two media types", leaves: before)
    let charset = Desk.http(
      "POST", "/v1/changes", token: scribe.token, type: "Application/JSON; charset=utf-8", body: body)
    #expect(desk.send(charset).status == 200)
  }

  @Test("a number in a query is plain digits within its range")
  func queryNumbers() throws {
    let before = try desk.stored()
    for target in ["/v1/changes", "/v1/conflicts"] {
      for limit in [
        "-1", "1e3", "٣", "1001", "", "+1", " 1", "0x10", "1.0", "99999999999999999999", "9999999999", "1,2",
      ] {
        let answer = desk.get("\(target)?limit=\(limit)", token: scribe.token)
        try expect(answer, 400, "bad-request", "\(target) limit=\(limit)", leaves: before)
      }
      for limit in ["0", "1", "1000", "001"] {
        #expect(desk.get("\(target)?limit=\(limit)", token: scribe.token).status == 200)
      }
      #expect(desk.get("\(target)?junk=1", token: scribe.token).code == "bad-request")
    }
  }

  @Test("a cursor that is not of this log is bad in a query")
  func queryCursors() throws {
    let before = try desk.stored()
    let head = desk.hub.log.head
    let good = [head.description, "c1.\(head.hub).0.0000000000000000", head.description.replacing("c1", with: "s1")]
    for since in good { #expect(desk.get("/v1/changes?since=\(since)", token: desk.admin).status == 200, "\(since)") }
    let chain = Cursor(hub: head.hub, seq: head.seq, chain: head.chain ^ 1)
    let bad = [
      "x", "c1", "c1.\(head.hub).3.0000000000000000", "c1.\(head.hub).9007199254740991.0000000000000000",
      "c1.aaaaaaaa.0.0000000000000000", chain.description, "c1.\(head.hub).0.0000000000000001",
    ]
    for since in bad {
      try expect(
        desk.get("/v1/changes?since=\(since)", token: desk.admin), 400, "bad-cursor", since, leaves: before)
    }
  }

  @Test("ids and buckets that are none are refused")
  func ids() throws {
    let before = try desk.stored()
    let id = Desk.record(1).description
    for path in ["x", id.uppercased(), id.replacing("-", with: ""), id + "0", "é", String(repeating: "0", count: 36)] {
      try expect(desk.get("/v1/records/\(path)", token: desk.admin), 400, "bad-request", path, leaves: before)
    }
    try expect(
      desk.get("/v1/records/\(Desk.record(9))", token: desk.admin), 404, "not-found", "no record", leaves: before)
    try expect(desk.get("/v1/digest?buckets=x", token: desk.admin), 400, "bad-request", "buckets", leaves: before)
    for bucket in ["", "f", "fff", "zz", "٣٣", "-1", "0x"] {
      try expect(desk.get("/v1/digest?bucket=\(bucket)", token: desk.admin), 400, "bad-request", bucket, leaves: before)
    }
    for (id, status, code) in [("x", 400, "bad-request"), ("bogota-zzzzz", 404, "not-found")] {
      try expect(desk.post("/v1/replicas/\(id)/revoke", token: desk.admin, ""), status, code, id, leaves: before)
    }
  }

  @Test("calls besides the sync refuse bodies that are not theirs")
  func otherBodies() throws {
    let hash = String(repeating: "a", count: 64)
    let dot = #"{"replica":"\#(scribe.id)","n":1,"hash":"\#(hash)"}"#
    let cases: [(path: String, token: String?, status: Int, code: String, bodies: [String])] = [
      ("/v1/join", nil, 400, "unsupported-protocol", ["{}", #"{"protocol":2}"#, #"{"protocol":"1"}"#]),
      (
        "/v1/join", nil, 400, "bad-request",
        [
          "[]", "1", #"{"protocol":1}"#, #"{"protocol":1,"replica":"bogota-aaaaa","token":"\#(hash)"}"#,
          #"{"protocol":1,"replica":"bogota-aaaaa","token":"short","invite":"invite-1"}"#,
          #"{"protocol":1,"replica":"bogota","token":"\#(hash)","invite":"invite-1"}"#,
        ]
      ),
      (
        "/v1/identity", scribe.token, 400, "bad-request",
        [
          "{}", "[]", #"{"replica":"bogota-aaaaa"}"#,
          #"{"replica":"bogota-aaaaa","token":"\#(hash)0"}"#, #"{"replica":1,"token":"\#(hash)"}"#,
        ]
      ),
      (
        "/v1/held", scribe.token, 400, "bad-request",
        [
          "{}", #"{"changes":{}}"#, #"{"changes":[1]}"#, #"{"changes":[{}]}"#,
          #"{"changes":[\#(dot.replacing(":1,", with: ":-1,"))]}"#,
          #"{"changes":[\#(dot.replacing(":1,", with: ":9007199254740992,"))]}"#,
          Scribe.batch(Array(repeating: dot, count: 5_001)),
        ]
      ),
      (
        "/v1/held", scribe.token, 403, "forbidden",
        [
          Scribe.batch([dot, dot.replacing("bogota", with: "durban")])
        ]
      ),
      (
        "/v1/states", scribe.token, 400, "bad-request",
        [
          "{}", #"{"records":[1]}"#, #"{"records":["x"]}"#,
          #"{"records":[\#(Array(repeating: "\"\(Desk.record(1))\"", count: 1_001).joined(separator: ","))]}"#,
        ]
      ),
      (
        "/v1/members", desk.admin, 400, "bad-request",
        [
          "{}", #"{"member":"A"}"#, #"{"member":"a"}"#, #"{"member":"a--b"}"#,
          #"{"member":"-ab"}"#, #"{"member":1}"#, #"{"member":"\#(String(repeating: "a", count: 41))"}"#,
        ]
      ),
      ("/v1/members", desk.admin, 409, "member-exists", [#"{"member":"bogota"}"#]),
      (
        "/v1/invites", desk.admin, 400, "bad-request",
        [
          "{}", #"{"member":"bogota","days":0}"#,
          #"{"member":"bogota","days":91}"#, #"{"member":"bogota","days":9223372036854775807}"#,
        ]
      ),
      ("/v1/invites", desk.admin, 404, "unknown-member", [#"{"member":"nairobi"}"#]),
    ]
    let before = try desk.stored()
    for (path, token, status, code, bodies) in cases {
      for body in bodies {
        try expect(desk.post(path, token: token, body), status, code, "\(path) \(body.prefix(90))", leaves: before)
      }
      for body in ["", "{", "{\"a\":1,\"a\":2}", "\u{FEFF}{}"] {
        try expect(desk.post(path, token: token, body), 400, "bad-json", "\(path) \(body)", leaves: before)
      }
    }
  }

  @Test("days that are no integer are not taken for the default", arguments: ["\"30\"", "1.5", "1e1", "null"])
  func days(_ days: String) {
    let answer = desk.post("/v1/invites", token: desk.admin, #"{"member":"bogota","days":\#(days)}"#)
    #expect(answer.status == 400)
  }

  @Test("numbers at the edge of what a report may hold stop nobody")
  func reports() async {
    // In a process of its own: an overflow would end it.
    await #expect(processExitsWith: .success) {
      let desk = try Desk()
      let scribe = try desk.scribe("bogota-7kq2m")
      for (index, edge) in [0, -1, Int64.max, Int64.min].enumerated() {
        let report = #"{"clock":\#(edge),"conflicts":\#(edge),"pending":\#(edge),"rejected":\#(edge),"version":"x"}"#
        let change = scribe.title(Int64(index + 1), Desk.record(3), "x")
        #expect(scribe.sync(report: report, changes: [change]).status == 200)
        #expect(desk.get("/v1/replicas", token: desk.admin).status == 200)
      }
    }
  }
}
