import JSON
import Replica
import Store
import Sync
import TestKit
import Testing

@Suite("Two cities and a hub")
struct SyncTests {
  @Test("what one writes offline, the other reads after both have synced")
  func exchange() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let id = try a.addEvent("Forum")
    #expect(try a.replica.pendingCount() == 1)
    #expect(try a.sync().accepted == 1)
    #expect(try a.replica.pendingCount() == 0)
    try b.sync()
    #expect(try b.title(id) == "Forum")
    #expect(try a.states() == b.states())
    #expect(try a.verify().agrees)
    #expect(try b.verify().agrees)
  }

  @Test("a sync with nothing to say is one request")
  func idle() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    try a.addEvent("Forum")
    try a.sync()
    let before = world.calls
    try a.sync()
    #expect(world.calls == before + 1)
  }

  @Test("concurrent values are both kept, shown alike everywhere, and settled by one for all")
  func conflict() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let id = try a.addEvent("Forum")
    try a.sync()
    try b.sync()
    try a.put(id, "title", "Forum in Bogotá")
    world.time += 1_000
    try b.put(id, "title", "Forum in Durban")
    try a.sync()
    try b.sync()
    try a.sync()
    for city in [a, b] {
      #expect(try city.replica.conflictCount() == 1)
      #expect(try city.title(id) == "Forum in Durban")
      #expect(try city.state(id)?.cells(at: "title").count == 2)
    }
    let record = try #require(try a.replica.record(id))
    let conflict = try #require(record.state.conflicts().first)
    try a.replica.resolve(conflict, of: record, .take(2), at: a.now)
    #expect(try a.replica.conflictCount() == 0)
    try a.sync()
    try b.sync()
    #expect(try b.replica.conflictCount() == 0)
    #expect(try b.title(id) == "Forum in Bogotá")
    #expect(try b.verify().agrees)
  }

  @Test("any size of batch and page gives the same")
  func smallPages() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let b = try world.city("durban")
    var sizes = SyncSession.Settings()
    sizes.batchChanges = 2
    sizes.pageEntries = 3
    var ids: [RecordID] = []
    for n in 0..<20 { ids.append(try a.addEvent("Event \(n)")) }
    try a.sync(sizes)
    try b.sync(sizes)
    for id in ids { try b.put(id, "title", "mine") }
    try b.sync(sizes)
    try a.sync(sizes)
    #expect(try a.states() == b.states())
    #expect(try a.states().count == 20)
    #expect(try a.verify().agrees)
  }

  @Test("a record that changes while a reader takes states arrives whole")
  func movingStates() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let ids = try (0..<10).map { try a.addEvent("Event \($0)") }
    try a.sync()
    var sizes = SyncSession.Settings()
    sizes.pageEntries = 2
    var round = 0
    // After each page that b gets, a writes to a record that b has and to one that it has not.
    world.deliver = { _, reply in
      guard round < 6 else { return reply }
      round += 1
      let deliver = world.deliver
      world.deliver = nil
      defer { world.deliver = deliver }
      for id in [ids[0], ids[9], ids[round]] { _ = try? a.put(id, "title", .string(Text("round \(round)"))) }
      _ = try? a.sync()
      return reply
    }
    try b.sync(sizes)
    #expect(round == 6)
    world.deliver = nil
    try b.sync(sizes)
    #expect(try a.states() == b.states())
    #expect(try b.verify().agrees)
  }

  @Test("who removes the last that stood against a delete keeps the record that is shown")
  func lastAgainstDelete() throws {
    let (_, a, b, ids) = try TestWorld.pair()
    let id = ids[0]
    try a.edit(id) { $0.delete() }
    try b.edit(id) { $0.put(Path("topics", "paz"), true) }
    try a.sync()
    try b.sync()
    #expect(try b.state(id)?.isDeleted == false && b.state(id)?.conflicts().isEmpty == false)
    try b.edit(id) { $0.drop(Path("topics", "paz")) }
    #expect(try b.state(id)?.isDeleted == false)
    try b.sync()
    try a.sync()
    #expect(try a.title(id) == "Forum" && a.state(id)?.isDeleted == false && a.state(id)?.conflicts().isEmpty == true)
    #expect(try a.states() == b.states())
    // A delete that somebody means is one.
    try b.edit(id) { $0.delete() }
    #expect(try b.state(id)?.isDeleted == true)
  }
}
