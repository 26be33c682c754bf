import Crypto
import Foundation
import Hub
import JSON
import Replica
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("What a client must do, and must not")
struct ClientRuleTests {
  private let world: TestWorld
  private let a: TestCity
  private let b: TestCity
  private let id: RecordID

  init() throws {
    let pair = try TestWorld.pair()
    (world, a, b, id) = (pair.world, pair.a, pair.b, pair.ids[0])
  }

  /// Changes a piece of each answer on its way; says whether there was one to change.
  private func spoil(_ piece: String, _ other: String, while isWanted: @escaping () -> Bool = { true }) -> () -> Bool {
    var found = false
    world.deliver = { _, reply in
      let text = String(decoding: reply.body, as: UTF8.self)
      guard isWanted(), text.contains(piece) else { return reply }
      found = true
      let body = Array(text.replacing(piece, with: other).utf8)
      return HubReply(status: reply.status, mediaType: reply.mediaType, body: body)
    }
    return { found }
  }

  @Test(
    "an answer of which any piece is not as it should be is not applied at all",
    arguments: [
      (#""results":[{"n":2"#, #""results":[{"n":3"#), (#""results":[{"#, #""results":[],"x":[{"#),
      (#""more":false,"#, ""), (#""fate":"applied""#, #""fate":"shredded""#), (#""cursor":"c1."#, #""cursor":"c2."#),
      (#""change":{"#, #""changed":{"#), (#""protocol":1"#, #""protocol":1.0"#),
    ])
  func spoilt(piece: String, other: String) throws {
    try b.put(id, "summary", "b")
    try b.sync()
    try a.put(id, "title", "edited")
    let (cursor, states) = (try a.replica.settings.cursor, try a.states())
    let wasSpoilt = spoil(piece, other)
    #expect(throws: SyncFailure.self) { try a.sync() }
    #expect(wasSpoilt())
    #expect(try a.replica.settings.cursor == cursor)
    #expect(try a.states() == states)
    #expect(try a.replica.pendingCount() == 1)
    world.deliver = nil
    #expect(try a.sync().accepted == 1)
    #expect(try a.verify().agrees)
  }

  @Test("a problem that comes from another hub changes nothing", arguments: ["history-changed", "forked"])
  func foreignProblem(code: String) throws {
    let (cursor, own) = (try a.replica.settings.cursor, try a.replica.settings.replica)
    let problem = #"{"code":"\#(code)","hub":"anotherhub","own":{"hash":"\#(Digest.zero.hex)","n":0},"status":409}"#
    world.intercept = { _ in
      HubReply(status: 409, mediaType: "application/problem+json", body: Array(problem.utf8))
    }
    let failure = #expect(throws: SyncFailure.self) { try a.sync() }
    #expect(failure?.kind == .notTheHub)
    world.intercept = nil
    #expect(try a.replica.settings.cursor == cursor)
    #expect(try a.sync().accepted == 0)
    #expect(a.events.isEmpty)
    #expect(try a.replica.settings.replica == own)
  }

  @Test("an 'own' that is no change of this replica is a fork, and nothing of that answer is applied")
  func foreignOwn() throws {
    let own = try a.replica.settings.replica
    let city = a
    let hash = try world.hub.log.held(of: own).hash.hex
    let wasSpoilt = spoil(hash, String(repeating: "f", count: 64)) { (try? city.replica.settings.replica) == own }
    try a.sync()
    #expect(wasSpoilt())
    #expect(a.events.contains { if case .forked = $0 { true } else { false } })
    world.deliver = nil
    #expect(try a.title(id) == "Forum")
    #expect(try a.verify().agrees)
  }

  @Test("what is not offered again yet stays when the base that held it is dropped")
  func droppedBase() throws {
    try world.backUpHub()
    let (first, second) = (try a.addEvent("first"), try a.addEvent("second"))
    try a.sync()
    try world.restoreHub()
    var small = SyncSession.Settings()
    small.batchChanges = 1
    // One page comes: it ends at the head of a hub that holds the first of the two again.
    var pages = 0
    world.deliver = { call, reply in
      pages += call.path == "/v1/sync" && reply.status == 200 ? 1 : 0
      return pages > 1 ? nil : reply
    }
    #expect(throws: SyncFailure.self) { try a.sync(small) }
    world.deliver = nil
    #expect(try a.replica.pendingCount() == 1)
    #expect(try [a.title(first), a.title(second)] == ["first", "second"])
    #expect(try a.sync().accepted == 1)
    try b.sync()
    #expect(try b.title(second) == "second")
  }

  @Test("a cursor is sent back as it came, and 'furthest' is the furthest head that was told")
  func cursors() throws {
    for number in 0..<5 { try b.addEvent("event \(number)") }
    try b.sync()
    let city = try world.city("tripoli")
    var (cursor, furthest, calls) = (nil as JSON?, nil as JSON?, 0)
    world.intercept = { call in
      let json = try? JSON.parse(call.body)
      #expect(json?["cursor"] == cursor && json?["furthest"] == furthest)
      calls += 1
      return nil
    }
    world.deliver = { _, reply in
      let json = try? JSON.parse(reply.body)
      (cursor, furthest) = (json?["cursor"], json?["head"])
      return reply
    }
    var small = SyncSession.Settings()
    small.pageEntries = 2
    try city.sync(small)
    try city.sync(small)
    #expect(calls >= 4)
  }

  @Test("a token is not sent over plain http to another machine unless the user insists")
  func plainHTTP() throws {
    for text in [
      "http://hub.example.org", "HTTP://192.0.2.7:8642", "http://localhost.example.org", "http://[2001:db8::1]",
      "http://127.evil.example", "http://127.0.0.1.example.org", "http://127.0.0.256", "http://127.1",
    ] {
      #expect(throws: SyncFailure.self, "\(text)") { try HubAddress.parse(text, allowsPlainHTTP: false) }
      #expect(throws: Never.self, "\(text)") { try HubAddress.parse(text, allowsPlainHTTP: true) }
    }
    for text in ["https://hub.example.org", "http://127.0.0.1:8642", "http://localhost:1", "http://[::1]:8642"] {
      #expect(throws: Never.self, "\(text)") { try HubAddress.parse(text, allowsPlainHTTP: false) }
    }
  }

  @Test(
    "how long a hub asks to wait is told to who would ask again",
    arguments: [(503, "busy"), (429, "too-many-requests")])
  func retryAfter(status: Int, code: String) throws {
    world.intercept = { _ in
      let body = Array(#"{"code":"\#(code)","status":\#(status)}"#.utf8)
      return HubReply(status: status, mediaType: "application/problem+json", retryAfterSeconds: 7, body: body)
    }
    let failure = #expect(throws: SyncFailure.self) { try a.sync() }
    #expect(failure?.retryAfterSeconds == 7)
    #expect(failure?.isTemporary == true)
  }

  @Test("a check computes from its own bytes, takes what differs, and never the cursor that comes with it")
  func repair() throws {
    let other = try b.addEvent("Other")
    try b.sync()
    try a.sync()
    let damaged = try #require(try a.state(other)).canonicalBytes()
    let text = String(decoding: damaged, as: UTF8.self).replacing("Other", with: "Damaged")
    try a.replica.store.connection.run(
      "UPDATE record SET state = ?2 WHERE id = ?1", .bytes(other.bytes), .bytes(Array(text.utf8)))
    let cursor = try a.replica.settings.cursor
    var asked = 0
    let (world, city, writer, id) = (world, a, b, id)
    world.intercept = { call in
      if asked == 1 { #expect((try? city.replica.settings.cursor) == cursor) }
      asked += asked > 0 ? 1 : 0
      guard call.path == "/v1/states" else { return nil }
      // Somebody writes meanwhile, so that the answer comes with another head.
      asked = 1
      let intercept = world.intercept
      world.intercept = nil
      _ = try? writer.put(id, "summary", "meanwhile")
      _ = try? writer.sync()
      world.intercept = intercept
      return nil
    }
    #expect(try a.verify().agrees)
    #expect(asked > 1)
    #expect(try a.title(other) == "Other")
    #expect(try a.state(id)?.value("summary") == "meanwhile")
    #expect(try a.replica.digest().digest == world.hub.log.digest)
  }
}
