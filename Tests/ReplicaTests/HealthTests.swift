import Hub
import JSON
import Replica
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("What is wrong with a replica, and how it is mended")
struct HealthTests {
  private let world: TestWorld
  private let a: TestCity
  private let b: TestCity
  private let ids: [RecordID]

  init() throws {
    (world, a, b, ids) = try TestWorld.pair(titles: (1...5).map { "Event \($0)" })
  }

  private func spoil(_ id: RecordID) throws {
    try b.replica.store.connection.run(
      "UPDATE record SET state = x'7b7d', base = NULL WHERE id = ?1", .bytes(id.bytes))
  }

  @Test("a record that cannot be read is had again from the hub, and nothing else is touched")
  func fromHub() throws {
    let states = try b.states()
    try spoil(ids[1])
    #expect(try b.replica.unreadableRecords() == [UnreadableRecord(id: ids[1], remedy: .hub)])
    let outcome = try b.verify()
    #expect(outcome.agrees && outcome.differing == [ids[1]] && outcome.unrepaired.isEmpty)
    #expect(try b.states() == states)
    #expect(try b.verify().differing.isEmpty)
  }

  @Test("a record whose bytes are other ones than were stored is had again too, though it can be read")
  func otherBytes() throws {
    let states = try b.states()
    try b.replica.store.connection.run(
      "UPDATE record SET state = CAST(replace(state, 'Event 2', 'Evenp 2') AS BLOB) WHERE id = ?1", .bytes(ids[1].bytes)
    )
    #expect(try b.title(ids[1]) == "Evenp 2")
    #expect(try b.replica.unreadableRecords() == [UnreadableRecord(id: ids[1], remedy: .hub)])
    #expect(try b.verify().differing == [ids[1]])
    #expect(try b.states() == states && b.replica.unreadableRecords().isEmpty)
  }

  /// A check without the sync before it, which would send what is pending.
  private func checkAlone() throws -> Verification.Outcome? {
    var check = try Verification(replica: b.replica)
    while true {
      switch try check.next() {
      case .finished(let outcome): return outcome
      case .syncFirst: return nil
      case .send(let call): try check.receive(try #require(world.send(call)), at: b.now)
      }
    }
  }

  @Test("changes to it that were not sent yet are kept, and sent")
  func pending() throws {
    try b.put(ids[1], "title", "pending")
    try spoil(ids[1])
    let outcome = try #require(try checkAlone())
    #expect(outcome.agrees && outcome.differing == [ids[1]] && outcome.unrepaired.isEmpty)
    #expect(try b.title(ids[1]) == "pending")
    #expect(try b.replica.pendingCount() == 1)
    try b.sync()
    try a.sync()
    #expect(try a.title(ids[1]) == "pending")
    #expect(try a.states() == b.states())
  }

  @Test("what is shown is mended too where only that cannot be read, and the digests agree")
  func shown() throws {
    try b.put(ids[1], "title", "pending")
    try b.replica.store.connection.run("UPDATE record SET state = x'7b7d' WHERE id = ?1", .bytes(ids[1].bytes))
    #expect(try checkAlone()?.differing == [ids[1]])
    #expect(try b.title(ids[1]) == "pending")
  }

  @Test("a record that no hub has ever had is worked out from its own changes")
  func ownChanges() throws {
    let id = try b.addEvent("Here only")
    try b.put(id, "summary", "text")
    let state = try b.state(id)
    try b.replica.store.connection.run("UPDATE record SET state = x'00' WHERE id = ?1", .bytes(id.bytes))
    #expect(try b.replica.unreadableRecords() == [UnreadableRecord(id: id, remedy: .ownChanges)])
    #expect(try checkAlone()?.differing == [id])
    #expect(try b.state(id) == state)
  }

  @Test("where the pending change cannot be read either, the record is named and left as it is")
  func unrepaired() throws {
    try b.put(ids[1], "title", "pending")
    try spoil(ids[1])
    try b.replica.store.connection.run("UPDATE log SET body = x'7b7d' WHERE fate = 0")
    let outcome = try #require(try checkAlone())
    #expect(outcome.unrepaired == [ids[1]] && outcome.differing.isEmpty == false)
    #expect(try b.replica.pendingCount() == 1)
    #expect(try b.replica.unreadableRecords() == [UnreadableRecord(id: ids[1], remedy: .none)])
  }

  @Test("references to what is not here, and text in another spelling, are named; a healthy replica has none")
  func records() throws {
    #expect(try b.replica.danglingReferences().isEmpty && b.replica.decomposedTexts().isEmpty)
    #expect(try b.replica.fileFaults().isEmpty && b.replica.pendingSince() == nil)
    let gone = RecordID(milliseconds: 1, random: Array(repeating: 7, count: 10))
    for target in [gone, ids[2], ids[3]] {
      try b.edit(ids[0]) { $0.put(Path("relatedEvents", Text("\(target)")), true) }
    }
    try b.edit(ids[3]) { $0.delete() }
    #expect(Set(try b.replica.danglingReferences().map(\.target)) == [gone, ids[3]])
    try b.put(ids[1], "title", "Bogota\u{301}")
    let texts = try b.replica.decomposedTexts()
    #expect(texts.map(\.record) == [ids[1]] && texts.map(\.field) == ["title"])
    #expect(try b.replica.pendingSince() == b.now)
  }

  @Test("the hub's clock is asked without a word of this replica's changing")
  func clock() throws {
    world.time += 7_000
    let head = world.hub.log.head
    let clock = try HubClock(b.replica)
    #expect(try clock.time(try #require(world.send(clock.call))) == world.time)
    #expect(world.hub.log.head == head)
    #expect(throws: SyncFailure.self) {
      try clock.time(HubReply(status: 200, mediaType: "text/html", body: Array("<html>".utf8)))
    }
  }

  @Test("a refused change is sent again with its value mended, and is refused no more")
  func mendedChange() throws {
    try b.writeUnchecked(ids[1], "language", 7)
    try b.sync()
    let rejected = try #require(try b.replica.rejected().first)
    #expect(throws: ReplicaError.self) { try b.replica.retry(rejected, at: b.now) }
    #expect(try b.replica.rejectedCount() == 1)
    guard case .put(let path, _, let over)? = rejected.change.operations.first else { return }
    try b.replica.retry(rejected, as: [.put(path, value: "es", over: over)], at: b.now)
    #expect(try b.replica.rejectedCount() == 0 && b.replica.pendingCount() == 1)
    try b.sync()
    try a.sync()
    #expect(try a.state(ids[1])?.value("language") == "es")
    #expect(try b.replica.rejectedCount() == 0)
  }

  @Test("a refused removal that is sent again removes nothing that came since")
  func mendedRemoval() throws {
    let topic = Path("topics", "paz")
    try b.edit(ids[1]) { $0.put(topic, true) }
    try b.sync()
    try b.replica.edit(ids[1], kind: "event", at: b.now, checked: false) { draft in
      draft.drop(topic)
      draft.put(Path("language"), 7)
    }
    try b.sync()
    let rejected = try #require(try b.replica.rejected().first)
    try b.edit(ids[1]) { $0.put(topic, true) }
    let operations = rejected.change.operations.filter { $0.path == topic }
    #expect(operations.count == 1)
    try b.replica.retry(rejected, as: operations, at: b.now)
    #expect(try b.state(ids[1])?.value(topic) == true)
    try b.sync()
    try a.sync()
    #expect(try a.state(ids[1])?.value(topic) == true)
  }
}
