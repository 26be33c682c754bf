import Hub
import JSON
import Replica
import Store
import Sync
import TestKit
import Testing

@Suite("Identity and history")
struct HistoryTests {
  @Test("a copied file takes a new identity, and both people's edits survive")
  func fork() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = try a.addEvent("Forum")
    try a.sync()
    let copy = try world.copy(a, as: "copy.db")
    try a.put(id, "title", "from the first")
    try copy.put(id, "summary", "from the copy")
    let other = try copy.addEvent("Only in the copy")
    try a.sync()
    let former = try copy.replica.settings.replica
    try copy.sync()
    #expect(copy.events.contains { if case .forked = $0 { true } else { false } })
    #expect(try copy.replica.settings.replica != former)
    #expect(try copy.replica.settings.replica.member == former.member)
    try a.sync()
    #expect(a.events.isEmpty)
    for city in [a, copy] {
      #expect(try city.title(id) == "from the first")
      #expect(try city.state(id)?.value("summary") == "from the copy")
      #expect(try city.title(other) == "Only in the copy")
      #expect(try city.verify().agrees)
    }
    #expect(try a.states() == copy.states())
  }

  @Test("both copies of a file may hold the same unsent change: it is written once")
  func forkWithSharedPending() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = try a.addEvent("Forum")
    try a.sync()
    try a.put(id, "title", "unsent in both")
    let copy = try world.copy(a, as: "copy.db")
    try a.put(id, "summary", "a")
    try copy.put(id, "url", "https://example.org/copy")
    try a.sync()
    try copy.sync()
    try a.sync()
    #expect(try a.replica.conflictCount() == 0)
    #expect(try a.state(id)?.cells(at: "title").count == 1)
    #expect(try a.states() == copy.states())
    #expect(try copy.verify().agrees)
  }

  @Test("a file put back from last month does not overwrite what it wrote since")
  func rewind() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = try a.addEvent("Forum")
    try a.sync()
    try a.reopen { try world.folder.copy(a.file, to: "old.db") }
    try a.put(id, "title", "after the backup")
    try a.sync()
    try a.reopen { try world.folder.copy("old.db", to: a.file) }
    #expect(try a.title(id) == "Forum")
    try a.put(id, "summary", "written on the old file")
    try a.sync()
    #expect(try a.title(id) == "after the backup")
    #expect(try a.state(id)?.value("summary") == "written on the old file")
    #expect(try a.verify().agrees)
  }

  @Test("a hub restored from an old backup gets back what living replicas wrote", arguments: [false, true])
  func restored(readBeforeBackup: Bool) throws {
    let world = try TestWorld()
    let (a, b, c) = (try world.city("bogota"), try world.city("durban"), try world.city("tripoli"))
    let first = try a.addEvent("Before the backup")
    try a.sync()
    if readBeforeBackup {
      try b.sync()
      try c.sync()
    }
    try world.backUpHub()
    try b.sync()
    let second = try b.addEvent("After the backup")
    try b.put(first, "title", "edited after the backup")
    try b.sync()
    try c.sync()
    try c.put(second, "summary", "c saw b's")
    try c.sync()
    try a.sync()
    try world.restoreHub()
    let third = try a.addEvent("While the hub was old")
    try a.sync()
    #expect(a.events.contains { if case .historyChanged = $0 { true } else { false } })
    #expect(try a.title(third) == "While the hub was old")
    for city in [c, b, a, c, b, a] { try city.sync() }
    for city in [a, b, c] {
      #expect(try city.title(first) == "edited after the backup")
      #expect(try city.title(second) == "After the backup")
      #expect(try city.state(second)?.value("summary") == "c saw b's")
      #expect(try city.title(third) == "While the hub was old")
      #expect(try city.replica.conflictCount() == 0)
      #expect(try city.verify().agrees)
    }
    #expect(try a.states() == b.states())
    #expect(try b.states() == c.states())
    #expect(try a.states().values.allSatisfy { $0.awaited.isEmpty })
  }

  @Test("a hub whose disk is gone is rebuilt from the replicas, which join the new one")
  func newHub() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let id = try a.addEvent("Forum")
    try a.sync()
    try b.sync()
    try b.put(id, "summary", "b")
    try b.sync()
    try a.sync()
    try world.replaceHub()
    #expect(throws: SyncFailure.self) { try a.sync() }
    #expect(throws: SyncFailure.self) { try a.join() }
    try a.join(acceptsNewHub: true)
    try b.join(acceptsNewHub: true)
    for city in [a, b, a, b] { try city.sync() }
    for city in [a, b] {
      #expect(try city.title(id) == "Forum")
      #expect(try city.state(id)?.value("summary") == "b")
      #expect(try city.verify().agrees)
    }
  }

  @Test("a change refused in the middle of a batch blocks nothing, and its successor covers what it meant to cover")
  func refusedInTheMiddle() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let id = try a.addEvent("one")
    try a.sync()
    try b.sync()
    try a.put(id, "title", "two")
    // A client with other rules: the hub refuses what this one let through.
    let change = try #require(try a.writeUnchecked(id, "title", .string(Text(String(repeating: "x", count: 2_000)))))
    try a.put(id, "title", "four")
    let later = try a.addEvent("another record")
    let tally = try a.sync()
    #expect(tally.accepted == 3)
    #expect(tally.refused == 1)
    #expect(try a.replica.rejected().map(\.change.hash) == [change.hash])
    #expect(try a.title(id) == "four")
    #expect(try a.replica.conflictCount() == 0)
    try b.sync()
    #expect(try b.title(id) == "four")
    #expect(try b.title(later) == "another record")
    #expect(try b.replica.conflictCount() == 0)
    #expect(try a.states() == b.states())
    #expect(try a.verify().agrees)
  }

  @Test("a refused change offered to a restored hub uses up its number without a word of what it held")
  func refusedThenRestored() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let id = try a.addEvent("one")
    try a.sync()
    try world.backUpHub()
    try a.writeUnchecked(id, "title", .string(Text(String(repeating: "secret", count: 500))))
    try a.put(id, "title", "three")
    try a.sync()
    try b.sync()
    try world.restoreHub()
    var sawSecret = false
    world.intercept = { call in
      if String(decoding: call.body, as: UTF8.self).contains("secret") { sawSecret = true }
      return nil
    }
    try a.sync()
    #expect(!sawSecret)
    try b.sync()
    #expect(try b.title(id) == "three")
    #expect(try b.replica.conflictCount() == 0)
    #expect(try b.state(id)?.awaited.isEmpty == true)
    #expect(try a.states() == b.states())
    #expect(try a.replica.rejected().count == 1)
  }

  @Test("a lost answer changes nothing: the same changes are acknowledged again", arguments: 0..<6)
  func lostAnswer(at lost: Int) throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    var sizes = SyncSession.Settings()
    sizes.batchChanges = 2
    sizes.pageEntries = 2
    let ids = try (0..<5).map { try a.addEvent("Event \($0)") }
    var call = -1
    world.deliver = { _, reply in
      call += 1
      return call == lost ? nil : reply
    }
    _ = try? a.sync(sizes)
    for id in ids { try a.put(id, "summary", "later") }
    for city in [a, b] {
      // One answer is lost somewhere on the way; a second attempt gets through.
      do { try city.sync(sizes) } catch is SyncFailure { try city.sync(sizes) }
    }
    #expect(call >= lost)
    #expect(try a.replica.pendingCount() == 0)
    #expect(try a.replica.conflictCount() == 0)
    #expect(try a.states() == b.states())
    #expect(try b.states().count == 5)
    #expect(try world.hub.log.held(of: a.replica.settings.replica).n == 10)
    #expect(try a.verify().agrees)
  }

  @Test("an erasure outlives the hub's memory")
  func erasure() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let id = try a.addEvent("Secret meeting")
    try a.sync()
    try b.sync()
    try world.backUpHub()
    try a.edit(id) { $0.erase() }
    try a.sync()
    try b.put(id, "summary", "written before b heard of it")
    try b.sync()
    #expect(try b.state(id)?.isErased == true)
    try world.restoreHub()
    let c = try world.city("tripoli")
    try c.sync()
    #expect(try c.title(id) == "Secret meeting")
    try b.sync()
    for city in [a, c, b] { try city.sync() }
    for city in [a, b, c] {
      #expect(try city.state(id)?.isErased == true)
      #expect(try city.verify().agrees)
    }
  }

  @Test("another protocol version is told apart, and nothing is lost by it")
  func otherVersion() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    try a.addEvent("Forum")
    world.deliver = { _, reply in
      let text = String(decoding: reply.body, as: UTF8.self)
      return HubReply(
        status: reply.status, mediaType: reply.mediaType,
        body: Array(text.replacing("\"protocol\":1", with: "\"protocol\":2").utf8))
    }
    #expect(throws: SyncFailure.self) { try a.sync() }
    #expect(try a.replica.pendingCount() == 1)
    world.deliver = nil
    #expect(try a.sync().accepted == 1)
    let body: JSON = ["protocol": 2, "replica": .string(try a.replica.settings.replica.text)]
    let token = try a.token()
    let reply = world.answer(HubCall(method: "POST", path: "/v1/sync", token: token, body: body.write()))
    #expect(reply.status == 400)
    #expect(try JSON.parse(reply.body)["code"] == "unsupported-protocol")
  }

  @Test("a sign-in page, an empty answer or another hub changes nothing")
  func wrongServer() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = try a.addEvent("Forum")
    try a.sync()
    try a.put(id, "title", "edited")
    let good = try a.replica.settings.cursor
    let answers: [HubReply] = [
      HubReply(status: 200, mediaType: "text/html", body: Array("<html>Sign in</html>".utf8)),
      HubReply(status: 302, mediaType: "text/html", body: []),
      HubReply(status: 204, mediaType: "", body: []),
      HubReply(status: 200, mediaType: "application/json", body: Array("{}".utf8)),
      HubReply(status: 200, mediaType: "application/json", body: []),
      HubReply(status: 502, mediaType: "text/html", body: Array("bad gateway".utf8)),
      HubReply(status: 404, mediaType: "application/json", body: Array("{}".utf8)),
    ]
    for answer in answers {
      world.intercept = { _ in answer }
      #expect(throws: SyncFailure.self) { try a.sync() }
      #expect(try a.replica.settings.cursor == good)
      #expect(try a.replica.pendingCount() == 1)
    }
    world.intercept = nil
    let other = try TestWorld(members: ["bogota"])
    world.intercept = { call in other.answer(call) }
    #expect(throws: SyncFailure.self) { try a.sync() }
    world.intercept = nil
    #expect(try a.sync().accepted == 1)
  }

  @Test("a revoked replica is told so and keeps its work")
  func revoked() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    try a.addEvent("Forum")
    _ = try world.hub.log.transaction {
      try world.hub.directory.revoke(try a.replica.settings.replica, now: world.time)
    }
    do {
      try a.sync()
      Issue.record("a revoked replica could sync")
    } catch let failure as SyncFailure {
      #expect(failure.kind == .refused(.revoked))
    }
    #expect(try a.replica.pendingCount() == 1)
    try a.join()
    #expect(try a.sync().accepted == 1)
    #expect(try a.verify().agrees)
  }

  @Test("what replaced a refused change may come before it, under another name, and does not wait for ever")
  func replacementOfRefused() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = try a.addEvent("Forum")
    try a.sync()
    try world.backUpHub()
    let refused = try a.writeUnchecked(id, "title", .string(Text(String(repeating: "x", count: 2_000))))
    try a.put(id, "title", "short")
    try a.sync()
    let copy = try world.copy(a, as: "copy.db")
    try a.put(id, "summary", "a")
    try a.sync()
    try copy.put(id, "url", "https://example.org/copy")
    try copy.sync()
    try world.restoreHub()
    // A refused change is not offered again under another id, what replaced it is.
    try copy.join()
    try copy.sync()
    #expect(try HubInspection(world).awaited(id) == [refused?.name].compactMap { $0 })
    // Its writer offers its number.
    try a.sync()
    #expect(try HubInspection(world).awaited(id).isEmpty)
    try copy.sync()
    #expect(try a.title(id) == "short" && copy.title(id) == "short")
    #expect(try a.states() == copy.states())
    #expect(try a.verify().agrees && copy.verify().agrees)
  }
}
