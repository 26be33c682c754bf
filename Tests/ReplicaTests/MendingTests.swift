import Crypto
import Hub
import JSON
import Replica
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("How a client goes on after what seldom happens")
struct MendingTests {
  private let world: TestWorld
  private let a: TestCity
  private let b: TestCity
  private let id: RecordID

  init() throws {
    let pair = try TestWorld.pair()
    (world, a, b, id) = (pair.world, pair.a, pair.b, pair.ids[0])
  }

  private static func numbers(_ call: HubCall) -> [Int64] {
    let changes = (try? JSON.parse(call.body))?["changes"]?.array ?? []
    return changes.compactMap { $0["n"]?.integer }
  }

  private static func code(_ reply: HubReply) -> Text? { (try? JSON.parse(reply.body))?["code"]?.text }

  @Test("on a gap it sends again from the number that the hub names, without a hole, and then no more than it must")
  func gap() throws {
    for number in 2...5 { try a.put(id, "title", .string(Text("title \(number)"))) }
    // What no hub that keeps to the protocol does: a fate was told of changes that it does not hold.
    try a.replica.store.connection.run("UPDATE log SET fate = 1, time = 1 WHERE n IN (2, 3)")
    var sent: [[Int64]] = []
    var codes: [Text?] = []
    world.deliver = { call, reply in
      sent.append(Self.numbers(call))
      codes.append(Self.code(reply))
      return reply
    }
    var sizes = SyncSession.Settings()
    sizes.batchChanges = 3
    #expect(try a.sync(sizes).accepted == 2)
    #expect(codes == ["gap", nil, nil])
    #expect(sent == [[4, 5], [2, 3, 4], [5]])
    world.deliver = nil
    #expect(try world.hub.log.held(of: a.replica.settings.replica).n == 5)
    #expect(try a.replica.pendingCount() == 0)
    #expect(try a.verify().agrees)
    try b.sync()
    #expect(try b.title(id) == "title 5")
    #expect(try a.states() == b.states())
  }

  @Test(
    "a hub that names no number, or one that leads nowhere, ends the sync", arguments: ["", "0", "-1", "1", "2", "3"])
  func endlessGap(expected: String) throws {
    try a.put(id, "title", "two")
    let hub = world.hub.hub
    var calls = 0
    world.intercept = { call in
      calls += 1
      let number = expected.isEmpty ? "" : #""expected":\#(expected),"#
      let body = #"{"code":"gap",\#(number)"hub":"\#(hub)","own":{"hash":"\#(Digest.zero.hex)","n":0},"status":409}"#
      return HubReply(status: 409, mediaType: "application/problem+json", body: Array(body.utf8))
    }
    let failure = #expect(throws: SyncFailure.self) { try a.sync() }
    #expect(failure?.kind == .refused(.gap))
    // One number before what was sent is worth one try.
    #expect(calls == (expected == "1" ? 2 : 1))
    world.intercept = nil
    #expect(try a.sync().accepted == 1)
    #expect(try a.verify().agrees)
  }

  @Test("a cursor that the hub does not take is forgotten with the furthest point, and what is pending goes out")
  func badCursor() throws {
    try b.put(id, "summary", "b")
    try b.sync()
    try a.put(id, "title", "two")
    var bodies: [JSON] = []
    let (world, hub) = (world, world.hub.hub)
    world.intercept = { call in
      bodies.append((try? JSON.parse(call.body)) ?? .null)
      guard bodies.count == 1 else { return nil }
      // The hub itself refuses it: on the way the cursor became one of a later version.
      let text = String(decoding: call.body, as: UTF8.self).replacing("\"c1.\(hub)", with: "\"c9.\(hub)")
      let reply = world.answer(
        HubCall(method: call.method, path: call.path, token: call.token, body: Array(text.utf8)))
      #expect(Self.code(reply) == "bad-cursor")
      return reply
    }
    #expect(try a.sync().accepted == 1)
    #expect(bodies.count > 1)
    #expect(bodies.first?["cursor"] != nil && bodies.first?["furthest"] != nil)
    #expect(bodies.dropFirst().first?["cursor"] == nil && bodies.dropFirst().first?["furthest"] == nil)
    world.intercept = nil
    #expect(try a.state(id)?.value("summary") == "b")
    #expect(try a.verify().agrees)
    #expect(a.events.isEmpty)
  }

  @Test("a hub that takes no cursor at all ends the sync", arguments: [false, true])
  func endlessBadCursor(answersBetween: Bool) throws {
    try a.put(id, "title", "two")
    let (world, hub) = (world, world.hub.hub)
    var calls = 0
    world.intercept = { call in
      calls += 1
      if answersBetween, calls.isMultiple(of: 2) {
        // A page that never is the last one.
        let reply = world.answer(call)
        let text = String(decoding: reply.body, as: UTF8.self).replacing("\"more\":false", with: "\"more\":true")
        return HubReply(status: reply.status, mediaType: reply.mediaType, body: Array(text.utf8))
      }
      let body = #"{"code":"bad-cursor","hub":"\#(hub)","status":400}"#
      return HubReply(status: 400, mediaType: "application/problem+json", body: Array(body.utf8))
    }
    #expect(throws: SyncFailure.self) { try a.sync() }
    #expect(calls < 30)
    world.intercept = nil
    try a.sync()
    #expect(try a.verify().agrees)
  }

  @Test("a change to a record whose state is due first voids the answer: nothing of it is applied")
  func changeForStaleBase() throws {
    let other = try b.addEvent("b's")
    try b.sync()
    try a.sync()
    try world.backUpHub()
    try b.put(other, "summary", "b")
    try b.sync()
    try a.sync()
    try world.restoreHub()
    let feed = world.answer(
      HubCall(
        method: "GET", path: "/v1/changes?since=c1.\(world.hub.hub).1.\(try firstChain())", token: try a.token(),
        body: []))
    let change = try #require(try JSON.parse(feed.body)["entries"]?.array?.first { $0["change"] != nil })
    var spoilt = 0
    world.deliver = { call, reply in
      guard reply.status == 200, call.path == "/v1/sync", var page = (try? JSON.parse(reply.body))?.object else {
        return reply
      }
      spoilt += 1
      let states = page["entries"]?.array ?? []
      page["entries"] = .array(states.filter { $0["state"]?["record"] != .string(other.text) } + [change])
      return HubReply(status: 200, mediaType: reply.mediaType, body: JSON.object(page).write())
    }
    let states = try a.states()
    let failure = #expect(throws: SyncFailure.self) { try a.sync() }
    #expect(failure?.kind == .notTheHub)
    #expect(spoilt == 1)
    #expect(try a.states() == states)
    #expect(try a.replica.settings.cursor == nil)
    world.deliver = nil
    try a.sync()
    #expect(try a.state(other)?.value("summary") == nil)
    #expect(try a.verify().agrees)
    try b.sync()
    try a.sync()
    #expect(try a.state(other)?.value("summary") == "b")
  }

  /// The chain at the first entry, as a cursor has it.
  private func firstChain() throws -> String {
    let cursor = Cursor(hub: world.hub.hub, seq: 1, chain: try #require(try world.hub.log.chain(at: 1)))
    return String(cursor.description.suffix(16))
  }

  @Test("a forked replica that ends before it hears of its new id asks for the same one, with the same token")
  func identityOutlivesTheProgram() throws {
    let copy = try world.copy(a, as: "copy.db")
    try a.put(id, "title", "from the first")
    try a.sync()
    try copy.put(id, "summary", "from the copy")
    var asked: [JSON] = []
    let (world, file) = (world, copy.file)
    world.deliver = { call, reply in
      guard call.path == "/v1/identity" else { return reply }
      asked.append((try? JSON.parse(call.body)) ?? .null)
      guard asked.count == 1 else { return reply }
      // What the disk has when the question is on its way.
      do { try world.folder.copy(file, to: "killed.db") } catch { Issue.record(error) }
      return nil
    }
    #expect(throws: SyncFailure.self) { try copy.sync() }
    try copy.reopen { try world.folder.copy("killed.db", to: file) }
    try copy.sync()
    #expect(asked.count == 2 && asked.first == asked.last)
    #expect(asked.first?["replica"] == .string(try copy.replica.settings.replica.text))
    let token = try #require(try copy.token())
    #expect(asked.first?["token"] == .string(Text(SHA256.hash(token.bytes).hex)))
    try a.sync()
    #expect(try a.state(id)?.value("summary") == "from the copy")
    #expect(try copy.title(id) == "from the first")
    #expect(try copy.verify().agrees)
  }

  @Test("under a new id the places of the history before decide nothing, even where a change gets the same place again")
  func oldPlaces() throws {
    let c = try world.city("tripoli")
    try c.sync()
    try world.backUpHub()
    try c.put(id, "url", "https://example.org/c")
    try c.sync()
    let other = try b.addEvent("b's")
    try b.sync()
    try a.sync()
    let copy = try world.copy(a, as: "copy.db")
    let old = try #require(try history(other, copy).first)
    #expect(old.seq == 3)
    try world.restoreHub()
    world.time += 1_000_000
    try a.put(id, "summary", "what the copy does not have")
    try a.sync()
    // It finds that it is a copy, and reads a history in which b's record is not there yet.
    try copy.sync()
    #expect(copy.events.contains { if case .forked = $0 { true } else { false } })
    #expect(try copy.state(other)?.isEmpty != false)
    try b.sync()
    try copy.sync()
    let new = try #require(try history(other, copy).first)
    #expect(new.seq == 3)
    #expect(new.time != old.time)
    #expect(new.change?.hash == old.change?.hash)
    #expect(new.fate == .applied)
    #expect(try copy.title(other) == "b's")
    for city in [a, b, c, copy, a, b] { try city.sync() }
    for city in [a, b, c, copy] {
      #expect(try city.states() == copy.states())
      #expect(try city.verify().agrees)
    }
  }

  private func history(_ id: RecordID, _ city: TestCity) throws -> [HistoryLine] {
    guard let record = try city.replica.record(id) else { return [] }
    return try city.replica.history(of: record)
  }
}
