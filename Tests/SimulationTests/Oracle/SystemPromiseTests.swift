import Crypto
import Hub
import JSON
import Replica
import SQLite
import Simulation
import Store
import Sync
import TestKit
import Testing

@Suite("The oracle knows what other systems posted")
final class SystemPromiseTests {
  private let world: TestWorld
  private let city: TestCity
  private let record: RecordID
  private let system: String
  private var oracle = Oracle()

  init() throws {
    world = try TestWorld()
    city = try world.city("bogota")
    record = RecordID(milliseconds: world.time, random: Array(1...10))
    let (hub, now) = (world.hub, world.time)
    let replica = try #require(ReplicaID("durban-sys22"))
    system = try hub.log.transaction {
      try hub.directory.addToken(
        SHA256.hash(Array("system".utf8)), role: .integrator, replica: replica, label: "system", now: now)
    }
    oracle.wrote(try #require(try write("the city's")).bytes)
    try city.sync()
  }

  private func write(_ title: String) throws -> Change? {
    try city.edit(record) { $0.put("title", .string(Text(title))) }
  }

  private func document(_ run: Int64, _ members: JSONObject) -> JSON {
    var object = members
    (object["record"], object["x-run"]) = ("event", .int(run))
    return .object(object)
  }

  /// Tells the oracle of one document, posts another or the same, and tells it what the hub says.
  private func post(
    _ run: Int64, _ document: JSON, but posted: JSON? = nil, isKeyed: Bool = false, isDry: Bool = false,
    changing: (String) -> String = { $0 }
  ) throws {
    oracle.posted(run, by: system, documents: [document.write()], isKeyed: isKeyed, isDry: isDry)
    let body = JSON.array([posted ?? document]).write()
    let reply = world.answer(HubCall(method: "POST", path: "/v1/records", token: "system", body: body))
    #expect(reply.status == 200)
    _ = try oracle.learn(world.hub.storeForInspection.connection)
    oracle.answered(run, isDry: isDry, body: Array(changing(String(decoding: reply.body, as: UTF8.self)).utf8))
  }

  private func kinds() throws -> Set<ViolationKind> {
    try city.sync()
    return Set(
      try oracle.judge(
        hub: world.hub.storeForInspection.connection, replicas: [(city.file, city.replica.store.connection)]
      ).map(\.kind))
  }

  private var mine: JSONObject { ["id": .string(record.text), "title": "the system's"] }

  @Test("what was posted, and what beside it was written by others, is as it should be")
  func peace() throws {
    try post(1, document(1, mine), isKeyed: true)
    try city.sync()
    oracle.wrote(try #require(try write("the city's again")).bytes)
    try city.sync()
    try post(2, document(2, mine))
    #expect(try kinds() == [])
    #expect(try city.state(record)?.conflicts().isEmpty == true)
  }

  @Test("a value that was not posted is found")
  func unasked() throws {
    try post(1, document(1, mine), but: document(1, ["id": .string(record.text), "title": "another"]))
    #expect(try kinds() == [.unaskedWrite, .wrongAnswer])
  }

  @Test("what a dry run wrote is found")
  func dry() throws {
    try post(1, document(1, mine), isDry: true) { $0.replacing("\"dry_run\":false", with: "\"dry_run\":true") }
    #expect(try kinds() == [.unaskedWrite, .wrongAnswer])
  }

  @Test("a value that was written over although its system never knew it is found")
  func overwritten() throws {
    try post(1, document(1, mine))
    try city.sync()
    oracle.wrote(try #require(try write("the city's again")).bytes)
    try city.sync()
    try world.hub.storeForInspection.connection.execute("DELETE FROM view")
    try post(2, document(2, mine))
    #expect(try kinds() == [.overwroteUnseen])
  }

  @Test("what was done twice under one key is found")
  func twice() throws {
    let nameless = document(1, ["title": "nobody's", "when": ["start": "2027-05-04"]])
    try post(1, nameless)
    try post(1, nameless)
    #expect(try kinds() == [])
    try post(1, nameless, isKeyed: true)
    #expect(try kinds() == [.doneTwice])
  }

  @Test(
    "a wrong answer is found",
    arguments: [("updated\",", "created\","), ("\"dry_run\":false", "\"dry_run\":true"), ("\"n\":1", "\"m\":1")])
  func answer(_ original: String, _ other: String) throws {
    try post(1, document(1, mine)) { $0.replacing(original, with: other) }
    #expect(try kinds() == [.wrongAnswer])
  }

  @Test("another answer to the same key is found")
  func answers() throws {
    let one = document(1, mine)
    oracle.posted(1, by: system, documents: [one.write()], isKeyed: true, isDry: false)
    for _ in 0..<2 {
      let reply = world.answer(
        HubCall(method: "POST", path: "/v1/records", token: "system", body: JSON.array([one]).write()))
      _ = try oracle.learn(world.hub.storeForInspection.connection)
      oracle.answered(1, isDry: false, body: reply.body)
    }
    #expect(try kinds() == [.wrongAnswer])
  }

  @Test("a reader that was not told of everything up to its cursor is found")
  func reader() throws {
    #expect(try kinds() == [])
    let head = world.hub.log.head.text.bytes
    #expect(oracle.lacks(of: "a reader", at: head, told: [record.text.bytes: 1]).isEmpty)
    #expect(oracle.lacks(of: "a reader", at: head, told: [record.text.bytes: 0]).map(\.kind) == [.readerLacks])
    #expect(oracle.lacks(of: "a reader", at: head, told: [:]).map(\.kind) == [.readerLacks])
  }
}
