import Crypto
import Hub
import JSON
import Replica
import Store
import Sync
import TestKit
import Testing

@Suite("A sync that would take away very much asks first")
struct SyncGateTests {
  private let world: TestWorld
  private let a: TestCity
  private let b: TestCity
  private let ids: [RecordID]

  /// Two cities that hold the same 60 events.
  init() throws {
    (world, a, b, ids) = try TestWorld.pair(titles: (1...60).map { "Event \($0)" })
  }

  private static let limits = SyncLimits(removed: 20, overwritten: 30)

  private static func weight(_ body: () throws -> Void) -> SyncWeight? {
    do {
      try body()
      return nil
    } catch let failure as SyncFailure {
      guard case .tooMuch(let weight) = failure.kind else { return nil }
      return weight
    } catch {
      return nil
    }
  }

  private static func pages(of entries: Int) -> SyncSession.Settings {
    var sizes = SyncSession.Settings()
    sizes.pageEntries = entries
    return sizes
  }

  @Test("what others deleted is not applied, and own work is not sent, before somebody agrees", arguments: [5, 500])
  func incoming(_ page: Int) throws {
    for id in ids.prefix(21) { try a.edit(id) { $0.delete() } }
    try a.sync()
    try b.put(ids[50], "title", "pending in Durban")
    let (states, cursor) = (try b.states(), try b.replica.settings.cursor)
    let weight = Self.weight { try b.sync(Self.pages(of: page), limits: Self.limits) }
    #expect(weight?.isIncoming == true && weight?.removed == 21)
    #expect(try b.states() == states)
    #expect(try b.replica.settings.cursor == cursor)
    #expect(try b.replica.pendingCount() == 1)
    #expect(try world.hub.log.held(of: b.replica.settings.replica).n == 0)
    try b.sync(Self.pages(of: page), limits: SyncLimits(removed: 21, overwritten: 30))
    #expect(try b.replica.count(kind: "event") == 39)
    try a.sync()
    #expect(try a.states() == b.states())
    #expect(try b.verify().agrees)
  }

  @Test("what others overwrote counts by records, however often each was written", arguments: [5, 500])
  func overwritten(_ page: Int) throws {
    for round in 1...4 {
      for id in ids.prefix(30) { try a.put(id, "title", .string(Text("round \(round)"))) }
    }
    try a.sync()
    try b.sync(Self.pages(of: page), limits: Self.limits)
    #expect(try a.states() == b.states())
    for id in ids.prefix(31) { try a.put(id, "title", "once more") }
    try a.sync()
    #expect(Self.weight { try b.sync(Self.pages(of: page), limits: Self.limits) }?.overwritten == 31)
  }

  @Test("what this replica would delete for everyone is not sent, and nothing of it is lost")
  func outgoing() throws {
    for id in ids.prefix(21) { try a.edit(id) { $0.delete() } }
    let head = world.hub.log.head
    let calls = world.calls
    let weight = Self.weight { try a.sync(limits: Self.limits) }
    #expect(weight?.isIncoming == false && weight?.removed == 21 && weight?.examples.count == 5)
    #expect(world.calls == calls && world.hub.log.head == head)
    #expect(try a.replica.pendingCount() == 21)
    try a.sync()
    #expect(try a.replica.pendingCount() == 0)
  }

  @Test("new records, and changes to them, are never too many")
  func new() throws {
    let added = try (1...100).map { try a.addEvent("New \($0)") }
    for id in added { try a.put(id, "title", "changed") }
    try a.sync(limits: Self.limits)
    try b.sync(Self.pages(of: 7), limits: Self.limits)
    #expect(try a.states() == b.states())
  }

  @Test("a delete that was taken back on the way counts for nothing")
  func restored() throws {
    for id in ids { try a.edit(id) { $0.delete() } }
    for id in ids { try a.edit(id) { $0.restore() } }
    try a.sync()
    try b.sync(limits: Self.limits)
    #expect(try a.states() == b.states())
  }

  @Test("a new hub that holds nothing does not empty a replica unasked; what it shows stays")
  func newHub() throws {
    try world.replaceHub()
    try b.join(acceptsNewHub: true)
    let states = try b.states()
    #expect(Self.weight { try b.sync(limits: Self.limits) }?.removed == 60)
    #expect(try b.states() == states)
    #expect(Self.weight { try b.sync(limits: Self.limits) }?.removed == 60)
    try b.sync()
    #expect(try b.states().isEmpty)
    try a.join(acceptsNewHub: true)
    // Its own are offered again, so nothing would be dropped.
    try a.sync(limits: Self.limits)
    try b.sync(limits: Self.limits)
    #expect(try a.states() == states)
    #expect(try b.states() == states)
  }

  @Test("a sync with nothing to say is one request with limits too")
  func idle() throws {
    let calls = world.calls
    try a.sync(limits: Self.limits)
    #expect(world.calls == calls + 1)
  }

  @Test("a look ahead at the hub tells what waits there and changes nothing on either side")
  func preview() throws {
    try a.edit(ids[0]) { $0.delete() }
    try a.put(ids[1], "title", "changed")
    let new = try a.addEvent("New")
    try a.sync()
    let (states, cursor, head) = (try b.states(), try b.replica.settings.cursor, world.hub.log.head)
    var preview = try SyncPreview(replica: b.replica)
    while case .send(let call) = try preview.next() {
      #expect(call.method == "GET")
      try preview.receive(try #require(world.send(call)))
    }
    #expect(preview.look.changes == 3 && preview.look.removed == [ids[0]] && preview.look.new == [new])
    #expect(preview.look.overwritten == [ids[1]] && !preview.isFromStart)
    #expect(preview.look.members.map(\.description) == ["bogota"])
    #expect(try b.states() == states)
    #expect(try b.replica.settings.cursor == cursor && world.hub.log.head == head)
  }

  @Test("a look ahead at a hub with another history says that all comes anew, and what would go")
  func previewOfAnotherHistory() throws {
    try world.backUpHub()
    try a.addEvent("Later")
    try a.sync()
    try b.sync()
    try world.restoreHub()
    var preview = try SyncPreview(replica: b.replica)
    while case .send(let call) = try preview.next() { try preview.receive(try #require(world.send(call))) }
    #expect(preview.isFromStart && preview.look.removed.count == 1)
    #expect(try b.replica.settings.isRebasing == false)
  }

  @Test("a look that the hub refuses says nothing about a fork: a late word of one is still doubted first")
  func refusedLook() throws {
    for number in 0..<25 { try a.addEvent("More \(number)") }
    try a.sync()
    try b.put(ids[50], "title", "pending in Durban")
    let own = try b.replica.settings.replica
    let held = try world.hub.log.held(of: own)
    let hub = try b.replica.settings.hub ?? ""
    let extras = #","hub":"\#(hub)","own":{"hash":"\#(held.hash.hex)","n":\#(held.n)}"#
    var answers = ["bad-cursor", "forked"]
    world.intercept = { call in
      guard let code = answers.first, (call.path == "/v1/sync") == (code == "forked") else { return nil }
      answers.removeFirst()
      return HubReply(
        status: 409, mediaType: "application/problem+json",
        body: Array(#"{"code":"\#(code)","status":409\#(extras)}"#.utf8))
    }
    #expect(try b.sync(Self.pages(of: 5), limits: Self.limits).accepted == 1)
    #expect(answers.isEmpty && b.events.isEmpty)
    #expect(try b.replica.settings.replica == own)
  }
}
