import Crypto
import HTTP
import Hub
import JSON
import Replica
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("Integrators: plain records")
struct IntegratorTests {
  private let desk: Desk
  private let token: String

  init() throws {
    desk = try Desk()
    token = try desk.token("integrator")
  }

  private func post(
    _ body: String, _ target: String = "/v1/records", fields: [(String, String)] = [],
    type: String = "application/json"
  ) -> Answer {
    var request = Desk.http("POST", target, token: token, type: type, body: Array(body.utf8))
    for (name, value) in fields { request.fields.append(.init(name, value)) }
    return desk.send(request)
  }

  private func event(_ source: String, _ title: String, _ more: String = "") -> String {
    """
    {"record":"event","title":"\(title)","when":{"start":"2027-05-04"},"sourceIds":["crm:\(source)"]\(more)}
    """
  }

  private func statuses(_ answer: Answer) -> [String] {
    (answer.json["results"]?.array ?? []).map { $0["status"]?.text?.string ?? "?" }
  }

  private func id(_ answer: Answer, _ index: Int = 0) throws -> RecordID {
    let results = answer.json["results"]?.array ?? []
    return try #require(results[index]["id"]?.text.flatMap { RecordID($0) })
  }

  private var head: String { "\(desk.hub.log.head)" }

  @Test("only what really changed enters the log, under the integrator's own name")
  func onlyChanges() throws {
    let made = post("[\(event("1", "one")),\(event("2", "two"))]")
    #expect(statuses(made) == ["created", "created"])
    #expect(made.json["created"] == 2)
    let before = head
    #expect(statuses(post("[\(event("1", "one")),\(event("2", "two"))]")) == ["unchanged", "unchanged"])
    #expect(head == before)
    let again = post("[\(event("1", "one")),\(event("2", "zwei"))]")
    #expect(statuses(again) == ["unchanged", "updated"])
    #expect(try id(again, 1) == id(made, 1))
    let changes = desk.get("/v1/records/\(try id(made, 1))/history", token: token).json["changes"]?.array ?? []
    #expect(changes.count == 2)
    #expect(changes[0]["change"]?["ops"]?.array?.count == 1)
    let tokens = desk.get("/v1/tokens", token: desk.admin).json["tokens"]?.array ?? []
    #expect(changes[0]["replica"] == tokens.first { $0["role"] == "integrator" }?["replica"])
    let told = try #require(again.json["results"]?.array)
    #expect(told[0]["replica"] == nil)
    #expect(told[1]["replica"] == changes[0]["replica"])
    #expect(told[1]["n"] == changes[0]["n"])
  }

  @Test("what somebody else wrote since is never written over by a value that the integrator did not touch")
  func othersWork() throws {
    let made = post(event("1", "one", #","topics":["peace"]"#))
    let id = try id(made)
    let city = try desk.world.city("durban")
    try city.sync()
    try city.put(id, "title", "the city's title")
    try city.edit(id) { $0.put(Path("topics", "youth"), true) }
    try city.sync()
    #expect(statuses(post(event("1", "one", #","topics":["peace"]"#))) == ["unchanged"])
    #expect(statuses(post(event("1", "one", #","topics":["peace","water"],"mode":"online""#))) == ["updated"])
    let record = desk.get("/v1/records/\(id)", token: token).json
    #expect(record["title"] == "the city's title")
    #expect(record["topics"] == ["peace", "water", "youth"])
    #expect(record["mode"] == "online")
  }

  @Test("a value that both changed is a conflict: both stay, the answer shows them, and a person decides")
  func conflict() throws {
    let id = try id(post(event("1", "one")))
    let city = try desk.world.city("durban")
    try city.sync()
    try city.put(id, "title", "the city's")
    try city.sync()
    let answer = post(event("1", "the integrator's"))
    #expect(statuses(answer) == ["conflict"])
    let shown = String(decoding: answer.response.body, as: UTF8.self)
    #expect(shown.contains("the city's") && shown.contains("the integrator's"))
    try city.sync()
    #expect(try city.replica.conflictCount() == 1)
    let conflict = try #require(try city.state(id)?.conflicts().first)
    try city.replica.resolve(conflict, of: try #require(try city.replica.record(id)), .take(1), at: city.now)
    try city.sync()
    #expect(desk.get("/v1/conflicts", token: token).json["total"] == 0)
    // It said this before; the person's decision stays.
    #expect(statuses(post(event("1", "the integrator's"))) == ["unchanged"])
    #expect(try city.verify().agrees)
  }

  @Test("a bad record is refused with a code and a reason, and the others are taken")
  func refusals() throws {
    let bad = [
      #"{"record":"event","title":"x","when":{"start":"2027-05-04"},"colour":"red"}"#,
      #"{"record":"event","when":{"start":"2027-05-04"}}"#, #"{"record":"meeting","title":"x"}"#,
      #"{"title":"x"}"#, #"{"record":"event","id":"7","title":"x"}"#, #"17"#,
      #"{"record":"event","title":7,"when":{"start":"2027-05-04"}}"#,
      #"{"record":"event","title":"x","when":{"start":"2027-05-04"},"x-a":1.5}"#,
      #"{"record":"event","title":"x","when":{"start":"2027-05-04"},"x-ä":1}"#,
    ]
    let answer = post("[\(bad.joined(separator: ",")),\(event("1", "good"))]")
    #expect(answer.status == 200)
    #expect(statuses(answer) == bad.map { _ in "refused" } + ["created"])
    let results = answer.json["results"]?.array ?? []
    #expect(results[0]["detail"]?.text?.string.contains("'colour'") == true)
    #expect(results.dropLast().allSatisfy { $0["code"] != nil && $0["detail"] != nil })
    #expect(results[1]["code"] == "missing-field")
    #expect(desk.hub.log.head.seq == 1)
    let long = event("1", "good", #","x-notes":"\#(String(repeating: "x", count: 300_000))""#)
    #expect(post(long).json["results"]?.array?.first?["code"] == "change-too-large")
  }

  @Test("a parameter that is misspelt, or there twice, is refused and nothing is written")
  func misspelt() throws {
    let before = try desk.stored()
    for query in ["dryrun=true", "dry-run=true", "DRY_RUN=true", "dry_run=true&x=1", "dry_run=true&dry_run=false"] {
      #expect(post(event("1", "one"), "/v1/records?\(query)").code == "bad-request", "\(query)")
    }
    #expect(try desk.stored() == before)
    #expect(desk.get("/v1/changes?sinc=x", token: token).code == "bad-request")
    #expect(desk.get("/v1/digest?limit=1", token: token).code == "bad-request")
    #expect(desk.get("/healthz?probe=1", token: nil).status == 200)
  }

  @Test("members that begin with x- are kept and given back")
  func extras() throws {
    let id = try id(post(event("1", "one", #","x-crm":{"stage":3},"x-flag":true"#)))
    #expect(desk.get("/v1/records/\(id)", token: token).json["x-crm"] == ["stage": 3])
    #expect(statuses(post(event("1", "one", #","x-crm":{"stage":3}"#))) == ["unchanged"])
    #expect(statuses(post(event("1", "one", #","x-crm":null"#))) == ["updated"])
    #expect(desk.get("/v1/records/\(id)", token: token).json["x-crm"] == nil)
    #expect(desk.get("/v1/records/\(id)", token: token).json["x-flag"] == true)
  }

  @Test("a dry run says what would happen and writes nothing")
  func dryRun() throws {
    let id = try id(post(event("1", "one")))
    let before = try desk.stored()
    let body = "[\(event("1", "zwei")),\(event("9", "nine")),\(event("9", "nine")),\(event("9", "ten")),{}]"
    let dry = post(body, "/v1/records?dry_run=true")
    #expect(statuses(dry) == ["updated", "created", "unchanged", "updated", "refused"])
    #expect(dry.json["dry_run"] == true)
    #expect(try desk.stored() == before)
    #expect(statuses(post(body)) == statuses(dry))
    #expect(desk.get("/v1/records/\(id)", token: token).json["title"] == "zwei")
    #expect(post(body, "/v1/records?dry_run=perhaps").code == "bad-request")
    #expect(post(body, "/v1/records?dry_run=true", fields: [("Idempotency-Key", "")]).code == "bad-request")
  }

  @Test("a request with a key is done once, however often it is sent")
  func idempotency() throws {
    let body = #"{"record":"contact","kind":"org","name":{"full":"City Hall"}}"#
    let first = post(body, fields: [("Idempotency-Key", "k1")])
    let before = head
    try desk.world.restartHub()
    let second = post(body, fields: [("Idempotency-Key", "k1")])
    #expect(second.response.body == first.response.body)
    #expect(head == before)
    #expect(post(event("1", "x"), fields: [("Idempotency-Key", "k1")]).code == "idempotency-key-reused")
    #expect(try id(post(body, fields: [("Idempotency-Key", "k2")])) != id(first))
    for key in ["", "a b", String(repeating: "k", count: 201), "é"] {
      #expect(post(body, fields: [("Idempotency-Key", key)]).code == "bad-request", "\(key)")
    }
    desk.world.time += 90_000_000
    #expect(try id(post(body, fields: [("Idempotency-Key", "k1")])) != id(first), "a key is remembered for a day")
  }

  @Test("If-Match writes over what the sender has seen, and over nothing else")
  func precondition() throws {
    let id = try id(post(event("1", "one")))
    let city = try desk.world.city("durban")
    try city.sync()
    try city.put(id, "title", "the city's")
    try city.sync()
    let read = desk.get("/v1/records/\(id)", token: token)
    let tag = try #require(read.field("ETag"))
    let stale = try #require(post(event("2", "two")).json["results"]?.array?[0]["etag"]?.text?.string)
    let before = head
    #expect(post(event("1", "mine"), fields: [("If-Match", stale)]).code == "precondition-failed")
    #expect(post(event("3", "new"), fields: [("If-Match", "*")]).code == "precondition-failed")
    #expect(post("[\(event("1", "a")),\(event("2", "b"))]", fields: [("If-Match", tag)]).code == "bad-request")
    #expect(post(event("1", "mine"), fields: [("If-Match", "W/\(tag)")]).code == "precondition-failed")
    #expect(post(event("1", "mine"), fields: [("If-Match", "mine")]).code == "precondition-failed")
    #expect(head == before)
    let seen = [("If-Match", "\"x\", \(tag)"), ("Idempotency-Key", "k")]
    #expect(statuses(post(event("1", "mine"), fields: seen)) == ["updated"])
    #expect(statuses(post(event("1", "mine"), fields: seen)) == ["updated"], "the kept answer")
    for other in [[("If-Match", tag)], [("If-Match", "*")], []] {
      let answer = post(event("1", "mine"), fields: other + [("Idempotency-Key", "k")])
      #expect(answer.code == "idempotency-key-reused", "\(other)")
    }
    #expect(desk.get("/v1/records/\(id)", token: token).json["title"] == "mine")
    var again = Desk.http("GET", "/v1/records/\(id)", token: token, type: nil)
    again.fields.append(.init("If-None-Match", tag))
    #expect(desk.send(again).status == 200)
    let now = try #require(desk.get("/v1/records/\(id)", token: token).field("ETag"))
    again.fields.append(.init("If-None-Match", "\"x\", W/\(now)"))
    var fresh = Desk.http("GET", "/v1/records/\(id)", token: token, type: nil)
    fresh.fields.append(.init("If-None-Match", "\"x\", W/\(now)"))
    #expect(desk.send(fresh).status == 304)
    #expect(desk.send(fresh).response.body.isEmpty)
  }

  @Test("a record is found again by any of its foreign ids, also a contact, whose id tells nothing about it")
  func foreignIDs() throws {
    let contact = #"{"record":"contact","kind":"org","name":{"full":"City Hall"},"sourceIds":["crm:7","web:a"]}"#
    let made = post("[\(contact),\(contact)]")
    #expect(statuses(made) == ["created", "unchanged"])
    #expect(try id(made, 0) == id(made, 1))
    let other = #"{"record":"contact","name":{"full":"City Hall of Durban"},"sourceIds":["web:a"]}"#
    let updated = post(other)
    #expect(try id(updated) == id(made))
    let second = #"{"record":"contact","kind":"org","name":{"full":"x"},"sourceIds":["crm:8"]}"#
    #expect(statuses(post(second)) == ["created"])
    let both = #"{"record":"contact","name":{"full":"x"},"sourceIds":["crm:8","web:a"]}"#
    #expect(statuses(post(both)) == ["refused"])
  }

  @Test("what is deleted says so, and comes back when it is posted again")
  func deleted() throws {
    let id = try id(post(event("1", "one")))
    #expect(statuses(post(event("1", "one", #","deleted":true"#))) == ["updated"])
    #expect(desk.get("/v1/records/\(id)", token: token).json["deleted"] == true)
    #expect(statuses(post(event("1", "one", #","deleted":true"#))) == ["unchanged"])
    #expect(statuses(post(event("9", "nine", #","deleted":true"#))) == ["unchanged"])
    #expect(statuses(post(event("1", "one"))) == ["updated"])
    #expect(desk.get("/v1/records/\(id)", token: token).json["deleted"] == nil)
  }

  @Test("what was read can be posted again as it is, and whether it is deleted is said by true or false alone")
  func readAgain() throws {
    let id = try id(post(event("1", "one")))
    let city = try desk.world.city("durban")
    try city.sync()
    try city.put(id, "title", "the city's")
    try city.sync()
    #expect(statuses(post(event("1", "the integrator's"))) == ["conflict"])
    let read = desk.get("/v1/records/\(id)", token: token)
    #expect(read.json["conflicts"] != nil && read.json["seq"] != nil)
    #expect(statuses(post(String(decoding: read.response.body, as: UTF8.self))) != ["refused"])
    for word in [#""true""#, "1", "[]"] {
      #expect(statuses(post(event("1", "one", #","deleted":\#(word)"#))) == ["refused"], "\(word)")
    }
    #expect(desk.get("/v1/records/\(id)", token: token).json["deleted"] == nil)
    #expect(statuses(post(event("1", "two", #","deleted":null"#))) != ["refused"])
  }

  @Test("an erased record stays erased, and nothing of it stays beside it")
  func erased() throws {
    let contact = #"""
      {"record":"contact","kind":"individual","name":{"full":"Anna Muster"},"sourceIds":["crm:anna"],
       "consent":{"basis":"public-role"}}
      """#
    let id = try id(post(contact))
    let city = try desk.world.city("durban")
    try city.sync()
    try city.replica.edit(id, kind: "contact", at: 5) { $0.put("note", "Muster, says the city") }
    try city.sync()
    let noted = #"{"record":"contact","note":"Muster, says the CRM","sourceIds":["crm:anna"]}"#
    #expect(statuses(post(noted, fields: [("Idempotency-Key", "k")])) == ["conflict"])
    try city.sync()
    try city.replica.edit(id, kind: "contact", at: 5) { $0.erase() }
    try city.sync()
    for table in ["view", "origin", "answered", "record", "log"] {
      let statement = try desk.store.connection.prepareOnce("SELECT * FROM \(table)")
      defer { statement.reset() }
      while try statement.step() {
        let text = (0..<statement.row.columnCount).map { column in
          String(decoding: statement.row.withBytes(Int32(column)) { Array($0) }, as: UTF8.self)
        }
        #expect(!text.joined().contains("Muster") && !text.joined().contains("crm:anna"), "\(table)")
      }
    }
    let back = #"{"id":"\#(id)","record":"contact","kind":"individual","name":{"full":"Anna Muster"}}"#
    #expect(post(back).json["results"]?.array?[0]["code"] == "erased")
  }

  @Test("a request with a key is not done again when one of its records was erased since")
  func erasedUnderKey() throws {
    let body = #"[\#(event("1", "one")),{"record":"event","title":"two","when":{"start":"2027-05-04"}}]"#
    let first = post(body, fields: [("Idempotency-Key", "k")])
    let city = try desk.world.city("durban")
    try city.sync()
    try city.edit(try id(first)) { $0.erase() }
    try city.sync()
    let before = head
    let second = post(body, fields: [("Idempotency-Key", "k")])
    #expect(head == before)
    #expect(statuses(second) == statuses(first))
    #expect(try id(second, 1) == id(first, 1))
    let results = second.json["results"]?.array ?? []
    #expect(results[0]["etag"] == nil && results[1]["etag"] != nil)
  }

  @Test("records on lines are taken one by one, a bad line is refused alone")
  func lines() {
    let body = event("1", "one") + "\r\n\n{\"record\":\n" + event("2", "two")
    let answer = post(body, type: "application/x-ndjson")
    #expect(statuses(answer) == ["created", "refused", "created"])
    #expect(answer.json["results"]?.array?[1]["code"] == "bad-json")
    #expect(post(body, type: "text/plain").code == "wrong-media-type")
    #expect(post(body, type: "text/plain").field("Accept") == "application/json, application/x-ndjson")
    let many = "[" + (0..<1_001).map { _ in "{}" }.joined(separator: ",") + "]"
    #expect(post(many).code == "batch-too-large")
    #expect(post("[{]").code == "bad-json")
    #expect(post("[]").status == 200)
  }

  @Test("the fate of each change can be asked for")
  func fates() throws {
    let scribe = try desk.scribe("bogota-7kq2m")
    let record = Desk.record(1)
    let (first, second) = (scribe.title(1, record, "one"), scribe.title(2, record, "two"))
    scribe.push(first, second, scribe.change(3, record, Scribe.put("title", String(repeating: "x", count: 400))))
    let fate = { (n: Int) in desk.get("/v1/changes/bogota-7kq2m/\(n)", token: token).json }
    #expect(fate(1)["fate"] == "applied")
    #expect(fate(1)["state"] == "in-conflict")
    #expect(fate(3)["fate"] == "rejected")
    #expect(fate(3)["code"] == "invalid-field")
    scribe.push(scribe.title(4, record, "both", over: [try scribe.name(first), try scribe.name(second)]))
    #expect(fate(1)["state"] == "superseded")
    #expect(fate(4)["state"] == "current")
    #expect(fate(4)["record"] == .string(record.text))
    #expect(fate(5)["code"] == "not-found")
    for path in [
      "bogota/1", "bogota-7kq2m/0", "bogota-7kq2m/01", "bogota-7kq2m/x", "bogota-7kq2m/99999999999999999999",
    ] {
      #expect(desk.get("/v1/changes/\(path)", token: token).code == "bad-request", "\(path)")
    }
    let history = desk.get("/v1/records/\(record)/history?limit=2", token: token).json["changes"]?.array ?? []
    #expect(history.map { $0["n"] } == [4, 2])
  }
}
