import Hub
import JSON
import Replica
import Store
import Sync
import TestKit
import Testing

@Suite("Recovery, where two troubles meet")
struct RecoveryTests {
  @Test("a record that was erased before it was sent does not hold up a forked replica")
  func erasedThenForked() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = try a.addEvent("Forum")
    try a.sync()
    let copy = try world.copy(a, as: "copy.db")
    try a.put(id, "title", "from the first")
    try a.sync()
    let other = try copy.addEvent("secret")
    try copy.edit(other) { $0.erase() }
    try copy.sync()
    #expect(try copy.replica.pendingCount() == 0)
    #expect(try copy.verify().agrees)
  }

  @Test("an own edit of a record that another erased is offered to a restored hub in any size of batch")
  func erasedByAnotherThenRestored() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    try b.addEvent("first")
    try b.sync()
    try world.backUpHub()
    let id = try a.addEvent("to be erased")
    try a.sync()
    try b.sync()
    try b.addEvent("second")
    try b.put(id, "summary", "by b")
    try b.addEvent("third")
    try b.sync()
    try a.sync()
    try a.edit(id) { $0.erase() }
    try a.sync()
    try b.sync()
    #expect(try b.state(id)?.isErased == true)
    try world.restoreHub()
    var small = SyncSession.Settings()
    small.batchChanges = 1
    try b.sync(small)
    #expect(try b.replica.pendingCount() == 0)
    #expect(try b.verify().agrees)
    #expect(try b.state(id)?.isErased == true)
  }

  @Test("one id under two kinds: the hub's word counts, and nobody needs a repair")
  func kindClash() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let id = try a.addEvent("Forum")
    try b.sync()
    try b.replica.edit(id, kind: "publication", at: b.now) { $0.put("title", "A book") }
    try a.sync()
    #expect(try b.sync().refused == 1)
    #expect(try b.state(id)?.kind == "event")
    let outcome = try b.verify()
    #expect(outcome.agrees && outcome.differing.isEmpty)
  }

  @Test("a join whose answer was lost leaves the identity as it is")
  func unfinishedJoin() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    try a.addEvent("Forum")
    let before = try a.replica.settings.replica
    _ = try a.replica.joinCall(invite: try world.invite("bogota")) { Array(repeating: 7, count: $0) }
    #expect(try a.sync().accepted == 1)
    #expect(try a.replica.settings.replica == before)
    #expect(a.events.isEmpty)
  }

  @Test("a creation that is refused shows nothing, and can be tried again")
  func refusedCreation() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = RecordID(milliseconds: a.now, random: Array(repeating: 3, count: 10))
    try a.writeUnchecked(id, "title", .string(Text(String(repeating: "x", count: 2_000))))
    #expect(try a.sync().refused == 1)
    #expect(try a.replica.count(kind: nil) == 0)
    let rejected = try #require(try a.replica.rejected().first)
    #expect(rejected.rejection.code == .invalidField)
    try a.replica.discard(rejected)
    #expect(try a.replica.rejectedCount() == 0)
    #expect(try a.verify().agrees)
  }

  @Test("a conflict that has grown since it was looked at is not settled unseen")
  func grownConflict() throws {
    let world = try TestWorld()
    let (a, b, c) = (try world.city("bogota"), try world.city("durban"), try world.city("tripoli"))
    let id = try a.addEvent("Forum")
    for city in [a, b, c] { try city.sync() }
    for city in [a, b, c] { try city.put(id, "title", .string(Text(city.file))) }
    for city in [a, b, a] { try city.sync() }
    let record = try #require(try a.replica.record(id))
    let seen = try #require(record.state.conflicts().first)
    try c.sync()
    try a.sync()
    #expect(throws: ReplicaError.self) { try a.replica.resolve(seen, of: record, .take(1), at: a.now) }
    #expect(try a.state(id)?.cells(at: "title").count == 3)
  }

  @Test("another member cannot use up the name of a change that the hub has yet to get back")
  func foreignVoid() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let id = try a.addEvent("Forum")
    let change = try #require(try a.put(id, "title", "Forum in Bogotá"))
    let own = try b.replica.settings.replica
    // Another member's name, and one of its own.
    for (n, was) in [(1, change.name), (2, ChangeName(replica: own, n: 9, hash: 7))] as [(Int64, ChangeName)] {
      let void = VoidChange(replica: own, n: n, record: id, hash: change.hash, was: was)
      let body = Array(#"{"changes":["#.utf8) + void.bytes + Array("]}".utf8)
      let reply = world.answer(HubCall(method: "POST", path: "/v1/changes", token: try b.token(), body: body))
      #expect(try JSON.parse(reply.body)["results"]?.array?.first?["code"] == "bad-name")
    }
    #expect(try a.sync().accepted == 2)
    #expect(try a.verify().agrees)
  }

  @Test("a refusal in the batch that makes a record leaves what was written before it")
  func refusedInTheBatchThatMakes() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let id = try a.addEvent("Forum")
    try a.writeUnchecked(id, "title", .string(Text(String(repeating: "x", count: 2_000))))
    try a.put(id, "summary", "kept")
    let tally = try a.sync()
    #expect(tally.accepted == 2 && tally.refused == 1)
    try b.sync()
    for city in [a, b] {
      #expect(try city.title(id) == "Forum")
      #expect(try city.state(id)?.value("summary") == "kept")
      #expect(try city.verify().agrees)
    }
  }

  @Test("an erasure that is still to be sent is not told as one that the hub forgot")
  func erasureOnItsWay() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let id = try a.addEvent("Forum")
    try a.sync()
    try b.sync()
    try b.put(id, "summary", "meanwhile")
    try b.sync()
    try a.addEvent("Another")
    try a.edit(id) { $0.erase() }
    // The first request takes the other event there and b's change back; the erasure goes with the second.
    var sizes = SyncSession.Settings()
    sizes.batchChanges = 1
    #expect(try a.sync(sizes).erasedAgain == 0)
    #expect(try a.state(id)?.isErased == true)
    #expect(try a.verify().agrees)
  }
}
