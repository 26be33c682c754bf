import Crypto
import Foundation
import Hub
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("A hub whose disk has changed what it stored")
struct DamageTests {
  private let desk: Desk
  private let scribe: Scribe
  private let reader: Scribe
  private let sound = Desk.record(1)
  private let damaged = Desk.record(2)

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-7kq2m")
    reader = try desk.scribe("durban-4xw9c")
    scribe.push(scribe.title(1, sound, "sound"), scribe.title(2, damaged, "before the damage"))
  }

  private var beginning: String { "c1.\(desk.hub.hub).0.0000000000000000" }

  /// What became of a record's state or of a change, in SQL on its bytes `x`.
  static let damages = [
    "x'7b7d'", "x''", "x'5b5d'", "CAST('null' AS BLOB)", "substr(x, 2)", "substr(x, 1, length(x) - 1)",
    "CAST(substr(x, 1, 30) || char(0) || substr(x, 32) AS BLOB)", "CAST(replace(x, 'before', char(10)) AS BLOB)",
    "zeroblob(length(x))",
  ]
  /// And of a state alone.
  static let damagedStates = [
    "(SELECT state FROM record ORDER BY num LIMIT 1)", "CAST(replace(x, '\"record\"', '\"recorb\"') AS BLOB)",
    "CAST(replace(x, '{\"cells\"', '{\"bells\"') AS BLOB)",
  ]

  /// Each page that would hold the damaged bytes is refused, and what has nothing to do with them is answered.
  private func expectRefusals(_ pages: [Answer]) {
    for page in pages {
      #expect(page.status == 503)
      #expect(page.code == "storage-failed")
    }
    #expect(desk.get("/v1/records/\(sound)", token: desk.admin).json["title"] == "sound")
    #expect(scribe.sync(cursor: desk.hub.log.head.description).status == 200)
    #expect(reader.sync(limit: "1").entries.first?["state"]?["record"] == .string(sound.text))
  }

  @Test(
    "bytes that are no state of the record are handed to nobody, and verifying names the record",
    arguments: damages + damagedStates)
  func state(_ expression: String) throws {
    let sql =
      "UPDATE record SET state = \(expression.replacing("x,", with: "state,").replacing("(x)", with: "(state)"))"
    let id = damaged.bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    try desk.store.connection.execute("\(sql) WHERE id = x'\(id)'")
    try desk.world.restartHub()
    // The entry after the sound one, as it travels when the bytes of its change were forgotten.
    let afterSound = try #require(try desk.hub.log.chain(at: 1))
    let cursor = Cursor(hub: desk.hub.hub, seq: 1, chain: afterSound).description
    var pages = [reader.sync(), desk.get("/v1/changes", token: desk.admin)]
    try desk.store.connection.execute("UPDATE log SET flags = 1, body = NULL WHERE pos = 2")
    pages.append(reader.sync(cursor: cursor))
    expectRefusals(pages)
    var verification = HubVerification(desk.store)
    let problems = try verification.run().problems
    #expect(problems.contains { $0.contains(damaged.description) }, "\(problems)")
    #expect(!problems.contains { $0.contains(sound.description) }, "\(problems)")
  }

  @Test("bytes that are no change are handed to nobody, and verifying names the entry", arguments: damages)
  func change(_ expression: String) throws {
    let value = expression.replacing("x,", with: "body,").replacing("(x)", with: "(body)")
    try desk.store.connection.execute("UPDATE log SET body = \(value) WHERE pos = 2")
    try desk.world.restartHub()
    expectRefusals([
      reader.sync(cursor: beginning), desk.get("/v1/changes?since=\(beginning)", token: desk.admin),
    ])
    var verification = HubVerification(desk.store)
    let problems = try verification.run().problems
    #expect(problems.contains { $0.contains("entry 2") }, "\(problems)")
  }
}
