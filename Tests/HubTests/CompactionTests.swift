import HTTP
import Hub
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("A hub that forgets what all have read")
struct CompactionTests {
  private let desk: Desk
  private let scribe: Scribe
  private let other: Scribe

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-aaaaa")
    other = try desk.scribe("durban-bbbbb")
  }

  private func bodies() throws -> Int64 {
    try desk.store.connection.integer("SELECT count(*) FROM log WHERE body IS NOT NULL") ?? -1
  }

  private func compact(days: Int = 0) -> Answer {
    desk.post("/v1/compact", token: desk.admin, #"{"days":\#(days)}"#)
  }

  /// Reads to the end, as a sync that asks with this cursor; the cursor then, and the types of the entries.
  private func read(_ reader: Scribe, from cursor: String? = nil, own: Int64 = 0) throws -> (String, [String]) {
    let answer = desk.post("/v1/sync", token: reader.token, reader.syncBody(cursor: cursor, own: own))
    #expect(answer.status == 200 && answer.hasMore == false)
    let types = answer.entries.map { $0.object?.members.map(\.key.string).joined(separator: " ") ?? "" }
    return (try #require(answer.cursor), types)
  }

  /// Three changes of one record, in conflict with nothing.
  private func write() throws -> [String] {
    let one = scribe.title(1, Desk.record(1), "one")
    let two = scribe.title(2, Desk.record(1), "two", over: [try scribe.name(one)])
    let three = scribe.title(3, Desk.record(2), "another")
    scribe.push(one, two, three)
    return [one, two, three]
  }

  @Test("waits for the last replica that lives, and names it")
  func hindmost() throws {
    _ = try write()
    let beginning = "c1.\(desk.hub.hub).0.0000000000000000"
    #expect(compact(days: 90).json["hindmost"] == nil, "nobody has a cursor yet")
    _ = try read(scribe, own: 3)
    #expect(desk.post("/v1/sync", token: other.token, other.syncBody(cursor: beginning, limit: "0")).status == 200)
    let held = compact()
    #expect(held.json["pruned"] == 0 && held.json["hindmost"] == "durban-bbbbb" && held.json["readByAll"] == 0)
    #expect(try bodies() == 3)
    desk.post("/v1/replicas/durban-bbbbb/revoke", token: desk.admin, "")
    let done = compact()
    #expect(done.json["pruned"] == 3 && done.json["more"] == false && done.json["hindmost"] == nil)
    #expect(try bodies() == 0)
    #expect(compact().json["pruned"] == 0)
  }

  @Test("keeps what is too young")
  func young() throws {
    _ = try write()
    for reader in [scribe, other] { _ = try read(reader, own: reader === scribe ? 3 : 0) }
    desk.world.time += 10 * 86_400_000
    #expect(compact(days: 11).json["pruned"] == 0)
    #expect(compact(days: 9).json["pruned"] == 3)
    for days in ["-1", "36501", "{}", "\"1\"", "null"] {
      #expect(desk.post("/v1/compact", token: desk.admin, #"{"days":\#(days)}"#).code == "bad-request")
    }
  }

  @Test("readers from before it get states and end where all are")
  func readers() throws {
    let changes = try write()
    _ = try read(scribe, own: 3)
    _ = try read(other)
    let (digest, head) = (desk.hub.log.digest, desk.hub.log.head)
    #expect(compact().json["pruned"] == 3)
    #expect(desk.hub.log.digest == digest && desk.hub.log.head == head)
    let since = "c1.\(desk.hub.hub).0.0000000000000000"
    let late = desk.get("/v1/changes?since=\(since)", token: other.token)
    #expect(late.status == 200 && late.cursor == head.description)
    let states = late.entries.compactMap { $0["state"]?["record"]?.text?.string ?? $0["state"]?["id"]?.text?.string }
    #expect(late.entries.allSatisfy { $0["state"] != nil }, "\(late.json)")
    #expect(states.count == 2 && Set(states).count == 2, "\(states)")
    // What is sent again gets the same fate; what became of a change is still known.
    #expect(scribe.push(changes[0], changes[1]).fates == ["applied", "applied"])
    let fates = (1...3).map {
      desk.get("/v1/changes/bogota-aaaaa/\($0)", token: other.token).json["state"]?.text?.string
    }
    #expect(fates == ["superseded", "current", "current"])
    var verification = HubVerification(desk.store)
    let outcome = try verification.run()
    #expect(outcome.agrees && outcome.compacted == 2, "\(outcome)")
  }

  @Test("an erasure after it goes to everybody, and nothing of the record is left")
  func erasedAfter() throws {
    _ = try write()
    _ = try read(scribe, own: 3)
    let (cursor, _) = try read(other)
    #expect(compact().json["pruned"] == 3)
    scribe.push(scribe.change(4, Desk.record(1), #"{"erase":true}"#))
    for from in [cursor, nil] {
      let answer = desk.post("/v1/sync", token: other.token, other.syncBody(cursor: from, own: 0))
      #expect(answer.status == 200, "\(answer.json)")
    }
    let all = desk.get("/v1/changes?since=c1.\(desk.hub.hub).0.0000000000000000", token: other.token)
    #expect(all.status == 200 && !all.json.description.contains("\"two\""), "\(all.json)")
    #expect(try desk.hub.log.transaction { try desk.hub.log.hash(of: scribe.id, n: 1) } != nil)
    var verification = HubVerification(desk.store)
    #expect(try verification.run().agrees)
  }
}
