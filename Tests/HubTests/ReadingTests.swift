import Crypto
import HTTP
import Hub
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("Reading what the hub holds")
struct ReadingTests {
  private let desk: Desk
  private let scribe: Scribe
  private let other: Scribe

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-7kq2m")
    other = try desk.scribe("durban-4xw9c")
  }

  private var beginning: String { "c1.\(desk.hub.hub).0.0000000000000000" }

  @Test("states, documents and conflicts are answered for what is asked for")
  func reading() throws {
    let (one, two) = (Desk.record(1), Desk.record(2))
    scribe.push(scribe.title(1, one, "from bogota"))
    other.push(other.title(1, one, "from durban"), other.change(2, two, #"{"erase":true}"#))
    let body = #"{"records":["\#(one)","\#(Desk.record(9))","\#(two)"]}"#
    let page = desk.post("/v1/states", token: scribe.token, body)
    #expect(page.entries.count == 3)
    #expect(
      page.entries[0]["state"]?.canonical() == (try desk.store.records.find(one)).map { $0.state.canonicalBytes() })
    #expect(page.entries[1]["withdrawal"] == .string(Desk.record(9).text))
    #expect(page.entries[2]["erasure"]?["record"] == .string(two.text))
    #expect(throws: Never.self) { try SyncAnswer(body: page.response.body) }
    let conflicts = desk.get("/v1/conflicts", token: scribe.token).json
    #expect(conflicts["total"] == 1)
    #expect(conflicts["records"]?.array?.first?["id"] == .string(one.text))
    #expect(desk.get("/v1/conflicts?limit=0", token: scribe.token).json["records"]?.array?.isEmpty == true)
    let document = desk.get("/v1/records/\(one)", token: scribe.token).json
    #expect(document["record"] == "event")
    #expect(document["conflicts"]?.array?.count == 1)
    #expect(document["seq"] == 2)
  }

  @Test("the digest is the sum of the states, as a whole and by buckets", arguments: [UInt64(8), 9])
  func digest(_ seed: UInt64) throws {
    for round in 0..<6 {
      try desk.fill(12, seed: seed &+ UInt64(round), scribe, other)
      #expect(try desk.summedDigest() == desk.hub.log.digest)
      let json = desk.get("/v1/digest?buckets=1", token: scribe.token).json
      #expect(json["digest"] == .string(Text(desk.hub.log.digest.hex)))
      let buckets = (json["buckets"]?.array ?? []).compactMap { $0.text.flatMap { Digest(hex: $0.bytes) } }
      #expect(buckets.count == 256)
      #expect(buckets.reduce(.zero) { $0 &+ $1 } == desk.hub.log.digest)
      for number in 0..<6 {
        let last = Desk.record(number).bytes[15]
        let listed =
          desk.get("/v1/digest?bucket=\(Hex.encode([last]))", token: scribe.token).json["records"]?.array ?? []
        let sum = listed.compactMap { $0["hash"]?.text.flatMap { Digest(hex: $0.bytes) } }.reduce(Digest.zero) {
          $0 &+ $1
        }
        #expect(sum == buckets[Int(last)])
      }
      if round == 3 { try desk.world.restartHub() }
    }
    #expect(try desk.chainIsSound())
  }

  @Test("whatever a client writes into a record, it can be read, listed and summed up")
  func anything() throws {
    var random = SeededRandom(11)
    let values = [
      "null", "true", "0", "-9007199254740991", "\"\"", "\"x\"", "\"\u{202E}é\"", "[]", "[[]]", "{}", "{\"a\":{}}",
      "[null]",
      "{\"start\":1}", "{\"full\":\"x\"}", "{\"basis\":\"consent\"}", "\"V\"", "\"2024-02-30\"", "{\"@\":1}",
    ]
    let fields = [
      "title", "when", "name", "points", "points@position", "areas", "visibility", "x", "participants", "ids",
      "authors",
    ]
    let keys = [
      "x", "{}", "{\\\"org\\\":1}", "é", "\(Desk.record(1))", "\(Desk.record(2))/speaker", "a b", "doi:10.1/x",
    ]
    var batch: [String] = []
    for n in 1...Int64(400) {
      let kind = random.pick(["event", "contact", "publication", "other"])
      let kindRecord = Desk.record(["event": 1, "contact": 2, "publication": 3, "other": 4][kind] ?? 5)
      let key = random.below(2) == 0 ? "" : ",\"\(random.pick(keys))\""
      let path = "[\"\(random.pick(fields))\"\(key)]"
      let operation =
        random.below(5) == 0
        ? "{\"drop\":\(path)}" : "{\"put\":\(path),\"value\":\(random.pick(values))}"
      batch.append(scribe.change(n, kindRecord, operation, kind: kind))
    }
    #expect(desk.post("/v1/changes", token: scribe.token, Scribe.batch(batch)).fates.contains("applied"))
    for number in 1...4 {
      #expect([200, 404].contains(desk.get("/v1/records/\(Desk.record(number))", token: desk.admin).status))
    }
    #expect(desk.get("/v1/conflicts", token: desk.admin).status == 200)
    #expect(throws: Never.self) { try SyncAnswer(body: other.sync(cursor: beginning, limit: "1000").response.body) }
    #expect(throws: Never.self) { try SyncAnswer(body: other.sync(limit: "1000").response.body) }
    #expect(try desk.summedDigest() == desk.hub.log.digest)
  }
}
