import JSON
import Replica
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("Counts of records")
struct CountTests {
  /// What the kept counts must be: the records themselves, counted.
  private func check(_ city: TestCity) throws {
    var counted: [String: Int64] = [:]
    try city.replica.store.connection.rows("SELECT kind, count(*) FROM record WHERE deleted = 0 GROUP BY kind") {
      counted[$0.text(0)] = $0.integer(1)
    }
    for kind in ["event", "contact", "publication"] {
      #expect(try city.replica.count(kind: Text(kind)) == counted[kind] ?? 0)
    }
    #expect(try city.replica.count(kind: nil) == counted.values.reduce(0, +))
    var gone = RecordFilter()
    gone.isDeleted = true
    let deleted = try city.replica.store.connection.integer("SELECT count(*) FROM record WHERE deleted = 1")
    #expect(try city.replica.count(gone) == deleted)
  }

  @Test("stay what the records are through additions, deletions, restores, syncs and a new start")
  func kept() throws {
    let world = try TestWorld()
    let (bogota, durban) = (try world.city("bogota"), try world.city("durban"))
    let ids = try (0..<6).map { try bogota.addEvent("Event \($0)") }
    try check(bogota)
    try bogota.sync()
    try durban.sync()
    try check(durban)
    for id in ids.prefix(3) { try durban.edit(id) { $0.delete() } }
    try check(durban)
    try durban.edit(ids[0]) { $0.restore() }
    try check(durban)
    try durban.sync()
    try bogota.sync()
    try check(bogota)
    #expect(try bogota.replica.count(kind: "event") == 4)
    // A rolled back edit counts nothing.
    #expect(throws: TestError.self) { try bogota.edit(ids[5]) { _ in throw TestError("no") } }
    try bogota.reopen()
    try check(bogota)
    // A hub without the records makes their replicas drop what only others wrote.
    try world.replaceHub()
    try durban.join(acceptsNewHub: true)
    try durban.sync()
    try check(durban)
  }

  @Test("are right in a file that was written before they were kept")
  func migrated() throws {
    let world = try TestWorld()
    let bogota = try world.city("bogota")
    let ids = try (0..<4).map { try bogota.addEvent("Event \($0)") }
    try bogota.edit(ids[0]) { $0.delete() }
    try bogota.replica.store.connection.execute(
      """
      DROP TRIGGER record_added; DROP TRIGGER record_removed; DROP TRIGGER record_moved; DROP TABLE tally;
      PRAGMA user_version=2
      """)
    try bogota.reopen()
    try check(bogota)
    #expect(try bogota.replica.count(kind: "event") == 3)
  }
}
