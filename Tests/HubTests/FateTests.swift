import Crypto
import HTTP
import Hub
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("What becomes of a change")
struct FateTests {
  private let desk: Desk
  private let scribe: Scribe
  private let other: Scribe
  private let record = Desk.record(1)

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-7kq2m")
    other = try desk.scribe("durban-4xw9c")
  }

  @Test("each refused change uses up its number alone, and its neighbours are applied")
  func refused() throws {
    other.push(other.title(1, record, "one"))
    var n: Int64 = 1
    let count = RefusedExample.all(scribe, n: 0, record: record).count
    #expect(count > 80)
    for index in 0..<count {
      let example = RefusedExample.all(scribe, n: n + 1, record: record)[index]
      let (mine, next) = (Desk.record(Int(n) + 10), Desk.record(Int(n) + 11))
      let head = desk.hub.log.head.seq
      let bodies = try desk.store.connection.integer("SELECT count(*) FROM log WHERE body IS NOT NULL") ?? 0
      let answer = scribe.push(scribe.title(n, mine, "a"), example.change, scribe.title(n + 2, next, "b"))
      #expect(answer.fates == ["applied", "rejected \(example.code)", "applied"], "\(example.name): \(answer.json)")
      #expect(desk.hub.log.head.seq == head + 3, "\(example.name)")
      #expect(try desk.store.connection.integer("SELECT count(*) FROM log WHERE body IS NOT NULL") == bodies + 2)
      #expect(try desk.store.connection.integer("SELECT count(*) FROM log WHERE record = 1") == 1, "\(example.name)")
      guard answer.status == 200 else { return }
      n += 3
    }
    #expect(try desk.summedDigest() == desk.hub.log.digest)
    let title = desk.get("/v1/records/\(record)", token: desk.admin).json["title"]
    #expect(title == "one")
  }

  @Test("what is offered again gets its first fate, seq, time and verdict, and is not stored again")
  func again() throws {
    let changes = [
      scribe.title(1, record, "one"), scribe.change(2, record, Scribe.put("when", "soon")),
      scribe.title(3, record, "three"),
    ]
    let void = try scribe.void(of: scribe.title(4, Desk.record(2), "never seen"))
    let first = scribe.push(changes[0], changes[1], changes[2], void)
    #expect(first.fates == ["applied", "rejected invalid-field", "applied", "void"])
    let before = try desk.stored()
    desk.world.time += 60_000
    let second = scribe.push(changes[0], changes[1], changes[2], void)
    #expect(try desk.stored() == before)
    for (one, two) in zip(first.json["results"]?.array ?? [], second.json["results"]?.array ?? []) {
      var expected = one.object ?? JSONObject()
      expected["duplicate"] = true
      #expect(JSON.object(expected).canonical() == two.canonical())
    }
    // A tail of what is held, and a part of it with something new.
    #expect(scribe.push(void, scribe.title(5, record, "five")).fates == ["void", "applied"])
    #expect(scribe.push(changes[1], changes[2]).json["results"]?.array?.count == 2)
    // A void of what was applied is the same number under the same hash: the fate stays.
    #expect(scribe.push(try scribe.void(of: changes[0])).fates == ["applied"])
  }

  @Test("the spelling of a change does not matter, its contents do")
  func spelling() throws {
    let change = scribe.change(1, record, #"{"put":["summary"],"value":"Línea"}"#)
    #expect(scribe.push(change).fates == ["applied"])
    let spelled = """
      { "replica" : "\(scribe.id)", "record":"\(record)", "ops":[{"value":"L\\u00ednea","put":["summary"]}],
        "n":1, "kind":"event", "at":1 }
      """
    #expect(scribe.push(spelled).json["results"]?.array?.first?["duplicate"] == true)
    let row = try #require(try desk.store.log.row(1))
    let body = try #require(try desk.store.log.body(1))
    #expect(SHA256.hash(body) == row.hash)
  }

  @Test("an erased record takes nothing any more, and everything before is forgotten")
  func erased() throws {
    let first = scribe.title(1, record, "the first secret")
    let second = other.title(1, record, "the second secret", over: [try scribe.name(first)])
    let rejected = scribe.change(2, record, Scribe.put("when", "a refused secret"))
    scribe.push(first, rejected)
    other.push(second)
    let erase = other.change(2, record, #"{"erase":true}"#)
    #expect(other.push(erase).fates == ["applied"])
    let late = scribe.title(3, record, "a late secret")
    #expect(scribe.push(late).fates == ["erased"])
    #expect(scribe.push(first).fates == ["erased"])
    var bodies: [String] = []
    try desk.store.connection.rows("SELECT body FROM log WHERE body IS NOT NULL") {
      bodies.append(String(decoding: $0.bytes(0), as: UTF8.self))
    }
    #expect(bodies == [String(decoding: try JSON.parse(Array(erase.utf8)).canonical(), as: UTF8.self)])
    #expect(try desk.stored().allSatisfy { !$0.contains("secret") })
    let read = desk.get("/v1/records/\(record)", token: desk.admin)
    #expect(read.json["erased"] == true)
    #expect(read.field("ETag") != nil)
    #expect(try desk.summedDigest() == desk.hub.log.digest)
    let state = RecordState(record: record, kind: "event")
    var gone = state
    gone.erase()
    #expect(desk.hub.log.digest == gone.hash)
    // A record of another kind, an unknown kind and nothing else is as erased.
    #expect(scribe.push(scribe.change(4, record, Scribe.put("x", "y"), kind: "other")).fates == ["erased"])
  }

  @Test("a record that nobody wrote can be erased, and stays so")
  func erasedUnseen() throws {
    #expect(scribe.push(scribe.change(1, record, #"{"erase":true}"#)).fates == ["applied"])
    #expect(other.push(other.title(1, record, "late")).fates == ["erased"])
    let page = other.sync(limit: "10")
    #expect(page.entries.count == 1)
    #expect(page.entries.first?["erasure"] == ["kind": "event", "record": .string(record.text)])
  }

  @Test("a change written again under another dot is found by its name, whichever came first")
  func rewritten() throws {
    let copy = try desk.scribe("bogota-m3x8d")
    let first = scribe.title(1, record, "one")
    let name = try scribe.name(first)
    scribe.push(first)
    let again = copy.title(1, record, "one", extra: ",\"was\":\"\(name)\"")
    let answer = copy.push(again)
    #expect(answer.fates == ["applied"])
    #expect(answer.json["results"]?.array?.first?["duplicate"] == true)
    #expect(answer.json["results"]?.array?.first?["seq"] == 1)
    // The other way round: the copy offers first what the original wrote.
    let original = scribe.title(2, Desk.record(2), "two")
    let copied = copy.title(2, Desk.record(2), "two", extra: ",\"was\":\"\(try scribe.name(original))\"")
    #expect(copy.push(copied).json["results"]?.array?.first?["duplicate"] == nil)
    let late = scribe.push(original)
    #expect(late.fates == ["applied"])
    #expect(late.json["results"]?.array?.first?["duplicate"] == true)
    #expect(late.json["results"]?.array?.first?["seq"] == 3)
    // What was taken as a duplicate is repeated as one after a restart as well.
    try desk.world.restartHub()
    #expect(scribe.push(original).json["results"]?.array?.first?["seq"] == 3)
    #expect(try desk.store.connection.integer("SELECT count(*) FROM log WHERE body IS NOT NULL") == 2)
    let state = try #require(try desk.store.records.find(Desk.record(2))).state
    #expect(state.cells.map(\.name) == [try scribe.name(original)])
  }

  @Test("a change refused in the batch that made its record takes nothing of it away")
  func refusedBesideCreation() throws {
    let first = scribe.title(1, record, "one")
    let many = (0..<2_000).map { #"{"put":["x","\#($0)"],"value":1}"# }
    let full = (2...4).map { scribe.change(Int64($0), Desk.record(2), many[0..<$0 * 400].joined(separator: ",")) }
    let batches: [(changes: [String], code: String)] = [
      ([first, scribe.change(2, record, Scribe.put("note", "x"), kind: "contact")], "kind-mismatch"),
      ([first, scribe.change(2, record, Scribe.put("when", "soon"))], "invalid-field"),
      ([first] + full + [scribe.change(5, record, "{\"erase\":1}")], "unknown-operation"),
    ]
    for (changes, code) in batches {
      let desk = try Desk()
      let scribe = try desk.scribe("bogota-7kq2m")
      let answer = desk.post("/v1/changes", token: scribe.token, Scribe.batch(changes))
      #expect(answer.fates == changes.dropLast().map { _ in "applied" } + ["rejected \(code)"])
      #expect(desk.get("/v1/records/\(record)", token: desk.admin).json["title"] == "one")
      #expect(
        try desk.store.connection.integer("SELECT count(*) FROM log WHERE record NOT IN (SELECT num FROM record)") == 1)
      #expect(try desk.summedDigest() == desk.hub.log.digest)
    }
  }

  @Test("the checks of one change come in the protocol's order")
  func order() throws {
    scribe.push(scribe.title(1, record, "one"))
    let table: [(change: String, fate: String)] = [
      (
        scribe.change(
          2, record, Scribe.put("when", "soon"), kind: "contact", extra: ",\"was\":\"durban-aaaaa:1:0000000000000000\""),
        "rejected bad-name"
      ),
      (scribe.change(3, record, Scribe.put("kind", " "), kind: "contact"), "rejected kind-mismatch"),
      (scribe.change(4, record, Scribe.put("when", "soon")), "rejected invalid-field"),
      (scribe.change(5, record, "{}", kind: "contact"), "rejected unknown-operation"),
      (scribe.change(6, record, #"{"erase":true}"#), "applied"),
      (scribe.change(7, record, Scribe.put("when", "soon")), "erased"),
      (scribe.change(8, record, Scribe.put("kind", " "), kind: "contact"), "erased"),
      (scribe.change(9, record, "{}"), "rejected unknown-operation"),
    ]
    for (change, fate) in table { #expect(scribe.push(change).fates == [fate], "\(change)") }
  }

  @Test("no time of the hub's is later than its clock, and a cell's time is the smaller one")
  func times() throws {
    let now = desk.world.time
    scribe.push(scribe.change(1, record, Scribe.put("title", "a"), at: now + 1_000_000))
    scribe.push(scribe.change(2, Desk.record(2), Scribe.put("title", "a"), at: -9_007_199_254_740_991))
    #expect(try desk.store.records.find(record)?.state.cells.first?.time == now)
    #expect(try desk.store.records.find(Desk.record(2))?.state.cells.first?.time == -9_007_199_254_740_991)
  }

  @Test("what the hub takes, every replica can read: nesting that an answer cannot carry is refused")
  func nesting() throws {
    for levels in [1, 24, 28, 32, 48, 57, 58, 59, 60, 61, 62, 63] {
      let desk = try Desk()
      let (writer, reader) = (try desk.scribe("bogota-7kq2m"), try desk.scribe("durban-4xw9c"))
      let value = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
      for change in [
        writer.title(1, record, "x", extra: ",\"deep\":\(value)"),
        writer.change(1, record, #"{"put":["deep"],"value":\#(value)}"#),
      ] {
        writer.push(change)
        for cursor in [nil, "c1.\(desk.hub.hub).0.0000000000000000"] {
          let page = reader.sync(cursor: cursor, limit: "10")
          #expect(throws: Never.self, "\(levels) levels") { try SyncAnswer(body: page.response.body) }
        }
      }
    }
  }

  @Test("a value may be as deep as a writer may nest it")
  func deepest() throws {
    // The change is one level, its operations one, an operation one: 32 in all with a value of 29.
    let value = String(repeating: "[", count: 29) + String(repeating: "]", count: 29)
    #expect(scribe.push(scribe.change(1, record, #"{"put":["deep"],"value":\#(value)}"#)).fates == ["applied"])
    let deeper = scribe.change(2, record, #"{"put":["deep"],"value":[\#(value)]}"#)
    #expect(scribe.push(deeper).fates == ["rejected bad-change"])
  }

  @Test("a record takes 5,000 values, and the change that would be one too many is refused alone")
  func cells() throws {
    func many(_ n: Int64, _ range: Range<Int>) -> String {
      let operations = range.map { #"{"put":["x","\#($0)"],"value":1}"# }.joined(separator: ",")
      return scribe.change(n, record, operations)
    }
    let answer = scribe.push(
      many(1, 0..<2_000), many(2, 2_000..<4_000), many(3, 4_000..<5_000), many(4, 5_000..<5_001), many(5, 0..<1),
      scribe.change(6, record, #"{"drop":["x","7"],"over":["\#(try scribe.name(many(1, 0..<2_000)))"]}"#),
      many(7, 5_000..<5_001))
    #expect(
      answer.fates == [
        "applied", "applied", "applied", "rejected record-too-large", "rejected record-too-large", "applied", "applied",
      ])
    #expect(try desk.store.records.find(record)?.state.cells.count == 5_000)
    #expect(try desk.summedDigest() == desk.hub.log.digest)
  }
}
