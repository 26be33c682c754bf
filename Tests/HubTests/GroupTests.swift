import Crypto
import HTTP
import Hub
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("Requests that wait together")
struct GroupTests {
  private let desk: Desk
  private let scribes: [Scribe]

  init() throws {
    let desk = try Desk()
    self.desk = desk
    scribes = try ["bogota-7kq2m", "durban-4xw9c", "bogota-m3x8d"].map { try desk.scribe($0) }
  }

  private func push(_ scribe: Scribe, _ changes: String...) throws -> HubRequest {
    try desk.waiting(
      Desk.http("POST", "/v1/changes", token: scribe.token, body: Array(Scribe.batch(changes).utf8)))
  }

  private func handle(_ requests: [HubRequest]) -> [Answer] {
    desk.hub.handle(requests).compactMap { $0 }.map { Answer($0) }
  }

  /// The parts of the digest as the hub tells them.
  private func buckets() -> [Digest] {
    let list = desk.get("/v1/digest?buckets=1", token: desk.admin).json["buckets"]?.array ?? []
    return list.compactMap { $0.text.flatMap { Digest(hex: $0.bytes) } }
  }

  /// Lets every write about a record fail.
  private func breakWrites(of record: RecordID, with action: String) throws {
    let id = record.bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    for event in ["INSERT", "UPDATE"] {
      try desk.store.connection.execute(
        """
        CREATE TRIGGER break_\(event) BEFORE \(event) ON record WHEN NEW.id = x'\(id)'
        BEGIN SELECT RAISE(\(action), 'the disk is full'); END
        """)
    }
  }

  @Test("they share one transaction, and see what came before them in it")
  func shared() throws {
    // Commits are counted where they go: each one writes the log's end once.
    try desk.store.connection.execute(
      """
      CREATE TABLE counted(n INTEGER);
      CREATE TRIGGER count_points AFTER UPDATE ON setting WHEN NEW.key = 'point' BEGIN INSERT INTO counted VALUES(1); END;
      CREATE TRIGGER count_first AFTER INSERT ON setting WHEN NEW.key = 'point' BEGIN INSERT INTO counted VALUES(1); END
      """)
    let record = Desk.record(1)
    let first = scribes[0].title(1, record, "one")
    let second = scribes[1].title(1, record, "two", over: [try scribes[0].name(first)])
    let read = try desk.waiting(Desk.http("GET", "/v1/records/\(record)", token: desk.admin))
    let answers = handle([try push(scribes[0], first), try push(scribes[1], second), read, try push(scribes[0], first)])
    #expect(answers.map(\.status) == [200, 200, 200, 200])
    #expect(answers[0].fates == ["applied"])
    #expect(answers[1].json["results"]?.array?.first?["seq"] == 2)
    #expect(answers[2].json["title"] == "two")
    #expect(answers[3].json["results"]?.array?.first?["duplicate"] == true)
    #expect(try desk.store.connection.integer("SELECT count(*) FROM counted") == 1)
    #expect(try desk.store.records.find(record)?.state.awaited.isEmpty == true)
    #expect(try desk.summedDigest() == desk.hub.log.digest)
    #expect(try desk.chainIsSound())
  }

  @Test("a refused request in the middle leaves the others as they are, and the next one finds no trace of it")
  func refused() throws {
    let bad = scribes[1]
    let answers = handle([
      try push(scribes[0], scribes[0].title(1, Desk.record(1), "one")),
      try push(bad, bad.title(2, Desk.record(2), "gap")),
      try push(bad, bad.title(1, Desk.record(2), "two")), try push(bad, bad.title(1, Desk.record(2), "fork")),
      try push(scribes[2], scribes[2].title(1, Desk.record(3), "three")),
    ])
    #expect(answers.map(\.status) == [200, 409, 200, 409, 200])
    #expect(answers.map(\.code) == [nil, "gap", nil, "forked", nil])
    #expect(desk.hub.log.head.seq == 3)
  }

  @Test(
    "a request that makes the store fail takes nobody down and leaves nothing",
    arguments: ["ABORT", "FAIL", "ROLLBACK"])
  func failing(_ action: String) throws {
    let (poison, good) = (Desk.record(66), Desk.record(1))
    scribes[1].push(scribes[1].title(1, Desk.record(2), "before"))
    try breakWrites(of: poison, with: action)
    // From now on they are kept up, not summed up anew.
    #expect(buckets().reduce(.zero) { $0 &+ $1 } == desk.hub.log.digest)
    let (before, head, digest) = (try desk.stored(), desk.hub.log.head, desk.hub.log.digest)
    let held = try desk.hub.log.held(of: scribes[1].id)
    let failing = try push(
      scribes[1], scribes[1].title(2, Desk.record(2), "with it"), scribes[1].title(3, poison, "poison"))
    let alone = handle([failing])
    #expect(alone[0].status == 503)
    #expect(alone[0].code == "storage-failed")
    #expect(alone[0].field("Retry-After") == "5")
    #expect(!String(decoding: alone[0].response.body, as: UTF8.self).contains("the disk"))
    #expect(try desk.stored() == before)
    #expect(desk.hub.log.head == head)
    #expect(desk.hub.log.digest == digest)
    #expect(buckets().reduce(.zero) { $0 &+ $1 } == digest)
    #expect(try desk.hub.log.held(of: scribes[1].id) == held)
    #expect(!desk.store.connection.isInTransaction)

    let answers = handle([
      try push(scribes[0], scribes[0].title(1, good, "first")), failing,
      try push(scribes[2], scribes[2].title(1, good, "last")),
    ])
    #expect(answers.map(\.status) == [200, 503, 200])
    #expect(answers[2].json["results"]?.array?.first?["seq"] == 3)
    #expect(answers[0].json["results"]?.array?.first?["seq"] == 2)
    #expect(try desk.store.records.find(Desk.record(2))?.state.cells.count == 1)
    #expect(try desk.store.replicas.find(scribes[2].id) != nil)
    #expect(try desk.summedDigest() == desk.hub.log.digest)
    #expect(try desk.chainIsSound())

    // When the disk works again the same request is taken, as if it had never failed.
    try desk.store.connection.execute("DROP TRIGGER break_INSERT; DROP TRIGGER break_UPDATE")
    #expect(handle([failing])[0].fates == ["applied", "applied"])
    #expect(try desk.summedDigest() == desk.hub.log.digest)
    #expect(buckets().reduce(.zero) { $0 &+ $1 } == desk.hub.log.digest)
    try desk.world.restartHub()
    #expect(try desk.chainIsSound())
    #expect(try desk.summedDigest() == desk.hub.log.digest)
  }

  @Test("a commit that fails acknowledges nothing")
  func failingCommit() throws {
    // A deferred constraint that only COMMIT looks at (sqlite.org/foreignkeys.html#fk_deferred).
    try desk.store.connection.execute(
      """
      PRAGMA foreign_keys=ON;
      CREATE TABLE parent(id INTEGER PRIMARY KEY);
      CREATE TABLE child(id INTEGER REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER orphan AFTER INSERT ON log BEGIN INSERT INTO child VALUES(NEW.pos); END
      """)
    let before = try desk.stored()
    let (one, two) = (
      try push(scribes[0], scribes[0].title(1, Desk.record(1), "one")),
      try push(scribes[1], scribes[1].title(1, Desk.record(2), "two"))
    )
    #expect(handle([one, two]).map(\.status) == [503, 503])
    #expect(try desk.stored() == before)
    #expect(try desk.hub.log.held(of: scribes[0].id) == .none)
    #expect(!desk.store.connection.isInTransaction)
    try desk.store.connection.execute("DROP TRIGGER orphan")
    let answers = handle([one, two])
    #expect(answers.map(\.status) == [200, 200])
    #expect(try desk.chainIsSound())
    #expect(try desk.summedDigest() == desk.hub.log.digest)
  }

  @Test("a store that is gone is told to everyone, and nothing traps")
  func closed() throws {
    scribes[0].push(scribes[0].title(1, Desk.record(1), "one"))
    let head = desk.hub.log.head
    let requests = try HubRoute.allCases.filter { $0 != .openAPI }.map { route in
      let path = route.path.replacing("{id}", with: Desk.record(1).description)
      let body = route == .sync ? scribes[0].syncBody() : route == .pushChanges ? #"{"changes":[]}"# : "{}"
      return try desk.waiting(
        Desk.http(route.method, path, token: scribes[0].token, body: route.takesBody ? Array(body.utf8) : []))
    }
    try desk.store.close()
    for answer in handle(requests) {
      #expect(answer.status == 503)
      #expect(answer.code == "storage-failed")
      #expect(answer.field("Retry-After") != nil)
    }
    #expect(desk.hub.log.head == head)
  }

  @Test("invites and members of a group that failed are made once, and their answers hold")
  func failingBesideInvites() throws {
    let poison = Desk.record(66)
    try breakWrites(of: poison, with: "ABORT")
    let answers = handle([
      try desk.waiting(Desk.http("POST", "/v1/members", token: desk.admin, body: Array(#"{"member":"tripoli"}"#.utf8))),
      try desk.waiting(Desk.http("POST", "/v1/invites", token: desk.admin, body: Array(#"{"member":"tripoli"}"#.utf8))),
      try push(scribes[0], scribes[0].title(1, poison, "poison")),
    ])
    #expect(answers.map(\.status) == [201, 201, 503])
    let invite = try #require(answers[1].json["invite"]?.text?.string)
    let joined = desk.post("/v1/join", token: nil, Desk.joinBody("tripoli-aaaaa", "a token", invite))
    #expect(joined.status == 200)
  }

  @Test("no requests are no answers")
  func none() { #expect(desk.hub.handle([]).isEmpty) }

  @Test(
    "a damaged row or state is told as 503 and sends nobody half an answer",
    arguments: [
      "UPDATE log SET body = NULL WHERE pos = 1", "UPDATE log SET fate = 99 WHERE pos = 1",
      "UPDATE log SET hash = x'00' WHERE pos = 1", "UPDATE log SET body = x'7b7d'", "UPDATE record SET state = x'7b7d'",
      "UPDATE record SET state = x'35'", "UPDATE record SET id = x'00'",
      "UPDATE record SET state = x''", "UPDATE record SET hash = x'00'", "UPDATE log SET record = 99, flags = 1",
      "DELETE FROM record", "DELETE FROM replica",
    ])
  func damage(_ sql: String) throws {
    scribes[0].push(scribes[0].title(1, Desk.record(1), "one"))
    try desk.store.connection.execute(sql)
    try desk.world.restartHub()
    let beginning = "c1.\(desk.hub.hub).0.0000000000000000"
    for answer in [
      scribes[1].sync(cursor: beginning), scribes[1].sync(), scribes[0].sync(cursor: beginning),
      desk.get("/v1/records/\(Desk.record(1))", token: desk.admin), desk.get("/v1/digest?buckets=1", token: desk.admin),
      desk.get("/v1/conflicts", token: desk.admin),
      scribes[1].push(scribes[1].title(1, Desk.record(1), "two")),
      scribes[1].push(scribes[1].change(2, Desk.record(1), #"{"erase":true}"#)),
    ] {
      #expect([200, 404, 409, 503].contains(answer.status), "\(sql): \(answer.status)")
      #expect(answer.json != .null, "\(sql): \(String(decoding: answer.response.body, as: UTF8.self))")
    }
  }
}
