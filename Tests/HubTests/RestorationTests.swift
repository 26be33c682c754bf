import Crypto
import HTTP
import Hub
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("A hub that is put back from a copy")
struct RestorationTests {
  /// A copy of a desk's file, opened as a store of its own.
  private func copy(_ desk: Desk, _ folder: TemporaryFolder, _ name: String) throws -> Store {
    try desk.store.connection.backup(to: folder.path(name))
    return try Store(path: folder.path(name), role: .hub)
  }

  private func random(_ seed: UInt8) -> (Int) -> [UInt8] {
    var next = seed
    return { count in
      (0..<count).map { _ in
        next = next &* 73 &+ 41
        return next
      }
    }
  }

  private func restore(_ store: Store, _ desk: Desk, seed: UInt8 = 1) throws -> HubRestoration.Outcome {
    try HubRestoration.apply(
      to: store, memory: try HubMemory(desk.store), random: random(seed), now: desk.world.time + 5)
  }

  private func verified(_ store: Store) throws -> [String] {
    var verification = HubVerification(store)
    return try verification.run().problems
  }

  @Test("two hubs made from one copy are two histories at once, and a reader within the copy notices neither")
  func parts() throws {
    let (desk, folder) = (try Desk(), try TemporaryFolder())
    let scribe = try desk.scribe("bogota-aaaaa")
    scribe.push(scribe.title(1, Desk.record(1), "one"))
    let before = desk.hub.log.head
    let (first, second) = (try copy(desk, folder, "first.db"), try copy(desk, folder, "second.db"))
    #expect(try restore(first, desk, seed: 1).copied == 1)
    _ = try restore(second, desk, seed: 2)
    let logs = try [first, second].map { try HubLog(store: $0, newID: "") }
    #expect(logs[0].head.seq == 2 && logs[1].head.seq == 2)
    #expect(logs[0].head.chain != logs[1].head.chain)
    #expect(try logs[0].chain(at: before.seq) == before.chain)
    #expect(try logs[0].page(for: nil, after: before, limit: 10).writer.count == 0)
    for store in [first, second] { #expect(try verified(store).isEmpty) }
  }

  @Test("what was erased since the copy is erased in it, told to readers, and stays so when its changes come again")
  func erased() throws {
    let (desk, folder) = (try Desk(), try TemporaryFolder())
    let scribe = try desk.scribe("bogota-aaaaa")
    let (kept, gone, late) = (Desk.record(1), Desk.record(2), Desk.record(3))
    let (one, two) = (scribe.title(1, kept, "stays"), scribe.title(2, gone, "a secret"))
    scribe.push(one, two)
    let store = try copy(desk, folder, "copy.db")
    let three = scribe.title(3, late, "another secret")
    scribe.push(three, scribe.change(4, gone, #"{"erase":true}"#), scribe.change(5, late, #"{"erase":true}"#))
    #expect(try desk.store.records.find(gone)?.state.isErased == true)
    #expect(try restore(store, desk).erased == 2)
    #expect(try store.records.find(gone)?.state.isErased == true)
    #expect(try store.records.find(kept)?.state.isErased == false)
    let bodies = try store.connection.integer("SELECT count(*) FROM log WHERE body IS NOT NULL")
    #expect(bodies == 1)
    #expect(try verified(store).isEmpty)
    let log = try HubLog(store: store, newID: "")
    let feed = try log.page(
      for: nil, after: Cursor(hub: log.hub, seq: 2, chain: try #require(try log.chain(at: 2))), limit: 10)
    #expect(feed.writer.count == 2)
    let text = String(decoding: feed.writer.bytes, as: UTF8.self)
    #expect(text.contains(gone.description) && text.contains(late.description) && !text.contains("secret"))
    // What its writer offers again is not kept.
    let again = try log.transaction {
      try log.take([Offer(try Submission(bytes: Array(three.utf8)[...]))], from: scribe.id, now: desk.world.time)
    }
    guard case .erased = again[0].fate else {
      Issue.record("\(again[0].fate)")
      return
    }
    #expect(try verified(store).isEmpty)
  }

  @Test("tokens that were taken back stay so, those given out since are good, and integrators get a new name")
  func access() throws {
    let (desk, folder) = (try Desk(), try TemporaryFolder())
    let lost = try desk.scribe("bogota-aaaaa")
    let integrator = try desk.token("integrator")
    let store = try copy(desk, folder, "copy.db")
    let new = try desk.scribe("durban-bbbbb")
    try desk.store.connection.run("UPDATE known_replica SET cursor_seq = 7")
    #expect(desk.post("/v1/replicas/bogota-aaaaa/revoke", token: desk.admin, "").status == 200)
    let hash = { (token: String) in SHA256.hash(Array(token.utf8)) }
    let directory = Directory(store: store)
    #expect(try directory.verdict(hash(lost.token)) == .valid(.replica(lost.id)))
    let before = try directory.verdict(hash(integrator))
    #expect(try restore(store, desk).integrators == 1)
    #expect(try directory.verdict(hash(lost.token)) == .revoked)
    #expect(try directory.verdict(hash(new.token)) == .valid(.replica(new.id)))
    // How far somebody had read was told of a history that has gone.
    #expect(try store.connection.integer("SELECT count(cursor_seq) FROM known_replica") == 0)
    let after = try directory.verdict(hash(integrator))
    guard case .valid(.integrator(let id)) = after else {
      Issue.record("\(after)")
      return
    }
    #expect(after != before && id.member.description == "bogota")
  }

  @Test("a copy that is put back a second time still knows what other systems know, though they have other ids by then")
  func twice() throws {
    let (desk, folder) = (try Desk(), try TemporaryFolder())
    let token = try desk.token("integrator")
    let event = #"{"record":"event","title":"one","when":{"start":"2027-05-04"},"sourceIds":["crm:1"]}"#
    #expect(desk.post("/v1/records", token: token, event).status == 200)
    let (first, second) = (try copy(desk, folder, "first.db"), try copy(desk, folder, "second.db"))
    _ = try restore(first, desk, seed: 1)
    _ = try HubRestoration.apply(
      to: second, memory: try HubMemory(first), random: random(2), now: desk.world.time + 5)
    for store in [first, second] {
      let known = try store.connection.integer(
        "SELECT count(*) FROM view JOIN token USING(replica) WHERE role = 'integrator'")
      #expect(known == 1)
    }
  }

  @Test(
    "a check finds each thing that is not as the log says",
    arguments: [
      "UPDATE log SET chain = chain + 1 WHERE pos = 2", "UPDATE log SET time = time + 1 WHERE pos = 1",
      "UPDATE log SET body = x'7B7D' WHERE pos = 1", "DELETE FROM log WHERE pos = 2",
      "UPDATE log SET hash = (SELECT hash FROM log WHERE pos = 3) WHERE pos = 2",
      "UPDATE record SET state = (SELECT state FROM record WHERE num = 2) WHERE num = 1",
      "UPDATE record SET hash = zeroblob(32) WHERE num = 1", "UPDATE record SET seq = 1 WHERE num = 1",
      "UPDATE record SET last = 0 WHERE num = 2", "UPDATE setting SET value = zeroblob(72) WHERE key = 'point'",
      "DELETE FROM record WHERE num = 2",
    ])
  func finds(_ sql: String) throws {
    let desk = try Desk()
    let scribe = try desk.scribe("bogota-aaaaa")
    scribe.push(
      scribe.title(1, Desk.record(1), "one"), scribe.title(2, Desk.record(2), "two"),
      scribe.title(3, Desk.record(1), "more"))
    #expect(try verified(desk.store) == [])
    try desk.store.connection.execute(sql)
    #expect(try !verified(desk.store).isEmpty)
  }
}
