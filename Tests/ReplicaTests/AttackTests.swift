import Foundation
import JSON
import Replica
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("What an adversary found")
struct AttackTests {
  let long: JSON = .string(Text(String(repeating: "x", count: 2_000)))

  @Test("what a former id wrote survives a hub restored after it was asked and before its first page")
  func heldThenRestored() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    try world.backUpHub()
    let id = try a.addEvent("acknowledged")
    try a.sync()
    try a.replica.leave()
    try a.join()  // the id is taken, so this makes a new one
    world.deliver = { call, reply in call.path == "/v1/sync" ? nil : reply }
    #expect(throws: SyncFailure.self) { try a.sync() }
    world.deliver = nil
    try world.restoreHub()
    try a.join()  // the restored hub does not know the new id
    try a.sync()
    #expect(try a.title(id) == "acknowledged")
  }

  @Test("a refused creation that was given up does not block the sync with a restored hub")
  func discardedThenRestored() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    try world.backUpHub()
    let other = try a.addEvent("acknowledged")
    try a.writeUnchecked(RecordID(milliseconds: 5, random: []), "title", long)
    try a.sync()
    for refused in try a.replica.rejected() { try a.replica.discard(refused) }
    try world.restoreHub()
    try a.sync()
    #expect(try a.title(other) == "acknowledged")
    #expect(try a.replica.pendingCount() == 0)
  }

  @Test("a refused change under a former id stays for its writer when a copy of the file used its number since")
  func refusedUnderAReusedDot() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = try a.addEvent("one")
    try a.sync()
    let copy = try world.copy(a, as: "copy.db")
    try world.backUpHub()
    try a.put(id, "title", "two")
    let refused = try #require(try a.writeUnchecked(id, "title", long))
    try a.sync()
    try world.restoreHub()
    try copy.put(id, "summary", "the copy's second change")
    try copy.sync()
    try a.sync()  // forks
    try copy.put(id, "url", "https://example.org/third")
    try copy.sync()
    try a.sync()
    #expect(try a.replica.rejected().map(\.change.hash) == [refused.hash])
    let record = try #require(try a.replica.record(id))
    #expect(try a.replica.history(of: record).filter { $0.verdict != nil }.map(\.n) == [refused.n])
    #expect(try a.verify().agrees)
    try a.replica.discard(try #require(try a.replica.rejected().first))
    #expect(try a.replica.rejected().isEmpty)
    #expect(try a.replica.history(of: record).allSatisfy { $0.verdict == nil })
    #expect(try a.states() == copy.states())
  }

  /// A newer copy of a city's file erases a record and sends its earlier change as a void, and then the older file is back.
  private func sendVoidAlone(of id: RecordID, _ a: TestCity, _ world: TestWorld) throws {
    try a.reopen { try world.folder.copy(a.file, to: "old.db") }
    try a.edit(id) { $0.erase() }
    // The void is sent, the erasure never.
    world.deliver = { call, reply in String(decoding: call.body, as: UTF8.self).contains("void") ? nil : reply }
    var sizes = SyncSession.Settings()
    sizes.batchChanges = 1
    #expect(throws: SyncFailure.self) { try a.sync(sizes) }
    world.deliver = nil
    try a.reopen { try world.folder.copy("old.db", to: a.file) }
  }

  @Test("a change that a restored hub knows only as a void is shown to its writer, whose file is older than that")
  func heldAsVoid() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    try world.backUpHub()
    let id = try a.addEvent("acknowledged")
    try a.sync()
    try world.restoreHub()
    world.time += 1_000
    try sendVoidAlone(of: id, a, world)
    try a.sync()
    let refused = try #require(try a.replica.rejected().first)
    #expect(refused.change.record == id)
    try a.replica.retry(refused, at: 5_000)
    try a.sync()
    #expect(try a.title(id) == "acknowledged")
    #expect(try a.verify().agrees)
  }

  @Test("a deletion that turned out to be void, sent again, deletes nothing that others wrote since")
  func deletedLate() throws {
    let (world, a, b, ids) = try TestWorld.pair()
    try world.backUpHub()
    try a.edit(ids[0]) { $0.delete() }
    try a.sync()
    try world.restoreHub()
    world.time += 1_000
    try sendVoidAlone(of: ids[0], a, world)
    try b.put(ids[0], "title", "still here")
    try b.sync()
    try a.sync()
    let refused = try #require(try a.replica.rejected().first)
    #expect(refused.change.operations.map(\.path) == [.life])
    try a.replica.retry(refused, at: 5_000)
    try a.sync()
    try b.sync()
    #expect(try b.title(ids[0]) == "still here" && b.state(ids[0])?.isDeleted == false)
    #expect(try a.states() == b.states())
  }

  @Test("a void names the record of its change, not one that was given its number since")
  func voidNamesItsRecord() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    try world.backUpHub()
    let id = RecordID(milliseconds: 5, random: [])
    try a.writeUnchecked(id, "title", long)
    try a.sync()
    for refused in try a.replica.rejected() { try a.replica.discard(refused) }
    try a.addEvent("takes the number")
    try a.sync()
    try world.restoreHub()
    var voids: Set<RecordID> = []
    world.intercept = { call in
      for item in (try? JSON.parse(call.body))?["changes"]?.array ?? [] {
        if let record = item["void"]?["record"]?.text.flatMap({ RecordID($0) }) { voids.insert(record) }
      }
      return nil
    }
    _ = try? a.sync()
    #expect(voids == [id])
  }

  @Test("a body under a dot that two histories used goes with the erasure of its record")
  func reusedDotThenErased() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    try b.sync()  // from here on it gets changes, no states
    try world.backUpHub()
    try a.reopen { try world.folder.copy(a.file, to: "a-backup.db") }
    try a.addEvent("first")
    try a.sync()
    try b.sync()
    try world.restoreHub()
    try a.reopen { try world.folder.copy("a-backup.db", to: a.file) }
    try b.sync()
    world.time += 1_000
    let second = try a.addEvent("private words")
    try a.sync()
    try b.sync()
    try a.edit(second) { $0.erase() }
    try a.sync()
    try b.sync()
    var kept = 0
    try b.replica.store.connection.rows("SELECT body FROM log WHERE body IS NOT NULL") { row in
      if String(decoding: row.bytes(0), as: UTF8.self).contains("private words") { kept += 1 }
    }
    #expect(kept == 0)
  }

  @Test("a refused change that was given up does not come back as a phantom after joining again")
  func phantomAfterJoin() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = try a.addEvent("fine")
    try a.writeUnchecked(id, "title", long)
    try a.sync()
    for refused in try a.replica.rejected() { try a.replica.discard(refused) }
    #expect(try a.replica.rejectedCount() == 0)
    try a.replica.leave()
    try a.join()
    try a.sync()
    #expect(try a.replica.rejectedCount() == 0)
  }

  @Test("a refused change whose record was erased meanwhile is no phantom")
  func phantomAfterErase() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = try a.addEvent("fine")
    try a.sync()
    try a.writeUnchecked(id, "title", long)
    world.deliver = { _, _ in nil }
    #expect(throws: SyncFailure.self) { try a.sync() }
    world.deliver = nil
    try a.edit(id) { $0.erase() }
    try a.sync()
    let listed = try a.replica.rejected().count
    #expect(try a.replica.rejectedCount() == Int64(listed))
  }

  @Test("a pending change that the hub knows as a void is kept for its writer to see")
  func hiddenVoid() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = try a.addEvent("fine")
    try a.sync()
    try world.backUpHub()
    try a.writeUnchecked(id, "title", long)
    try a.reopen { try world.folder.copy(a.file, to: "a-backup.db") }
    try a.sync()
    try world.restoreHub()
    try a.sync()  // the refused change is offered as a void
    #expect(try a.replica.rejectedCount() == 1)
    try a.reopen { try world.folder.copy("a-backup.db", to: a.file) }
    try a.sync()
    #expect(try a.replica.rejectedCount() == 1)
  }

  @Test("a record can be written any number of times without a hub")
  func longOffline() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let id = try a.addEvent("fine")
    for round in 0..<80 {
      try a.edit(id) { draft in
        for field in 0..<100 { draft.put(Path(Text("x\(field)")), .string(Text("v\(round)"))) }
      }
    }
    #expect(try a.state(id)?.value("x99") == "v79")
  }

  @Test("the words of an erased record are in no table of the search index")
  func searchIndex() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    try a.addEvent("other")
    let id = try a.addEvent("Xylophonist Quuxberg")
    try a.sync()
    try a.edit(id) { $0.erase() }
    try a.sync()
    try a.reopen()
    let file = try Data(contentsOf: URL(fileURLWithPath: world.folder.path(a.file)))
    let isThere = String(decoding: file, as: UTF8.self).lowercased().contains("quuxberg")
    #expect(!isThere)
  }

  @Test("a hub that takes every new id for taken does not hold a sync for ever")
  func alwaysTaken() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    let copy = try world.copy(a, as: "copy.db")
    try a.addEvent("by the first")
    try a.sync()
    world.intercept = { call in
      guard call.path == "/v1/identity" else { return nil }
      let body = Array(#"{"code":"replica-taken","status":409}"#.utf8)
      return HubReply(status: 409, mediaType: "application/problem+json", body: body)
    }
    #expect(throws: SyncFailure.self) { try copy.sync() }
  }
}
