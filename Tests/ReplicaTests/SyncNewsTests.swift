import JSON
import Replica
import Store
import Sync
import TestKit
import Testing

@Suite("What a sync tells of what it did")
struct SyncNewsTests {
  private let world: TestWorld
  private let a: TestCity
  private let b: TestCity
  private let id: RecordID

  init() throws {
    let pair = try TestWorld.pair()
    (world, a, b, id) = (pair.world, pair.a, pair.b, pair.ids[0])
  }

  private static func piece(_ city: TestCity, _ id: RecordID) -> SyncNews.Piece? {
    city.news.pieces.first { $0.record == id }
  }

  @Test("a new record, a change, a delete and a restore are told apart, each with who did it")
  func outcomes() throws {
    #expect(Self.piece(b, id)?.outcome == .new)
    #expect(Self.piece(a, id)?.sent == 1 && Self.piece(a, id)?.outcome == nil)
    try a.put(id, "summary", "text")
    try a.sync()
    try b.sync()
    #expect(Self.piece(b, id)?.outcome == .changed)
    #expect(Self.piece(b, id)?.fields == ["summary"])
    #expect(Self.piece(b, id)?.members.map(\.description) == ["bogota"])
    try a.edit(id) { $0.delete() }
    try a.sync()
    try b.sync()
    #expect(Self.piece(b, id)?.outcome == .deleted)
    try a.edit(id) { $0.restore() }
    try a.sync()
    try b.sync()
    #expect(Self.piece(b, id)?.outcome == .restored)
  }

  @Test("different fields of one record are told as merged, the same field as a conflict")
  func merged() throws {
    try a.put(id, "summary", "from Bogotá")
    try b.put(id, "language", "en")
    try a.sync()
    try b.sync()
    #expect(Self.piece(b, id)?.isMerged == true && Self.piece(b, id)?.conflicts == 0)
    try a.put(id, "title", "A")
    try b.put(id, "title", "B")
    try a.sync()
    try b.sync()
    #expect(Self.piece(b, id)?.conflicts == 1)
  }

  @Test("a conflict that was settled elsewhere is gone here, and told")
  func settled() throws {
    try a.put(id, "title", "A")
    try b.put(id, "title", "B")
    for city in [a, b, a] { try city.sync() }
    #expect(try a.replica.conflictCount() == 1 && b.replica.conflictCount() == 1)
    let record = try #require(try b.replica.record(id))
    let conflict = try #require(record.state.conflicts().first)
    try b.replica.resolve(conflict, of: record, .value("A and B"), at: b.now)
    try b.sync()
    try a.sync()
    #expect(try a.replica.conflictCount() == 0)
    #expect(Self.piece(a, id)?.conflicts == -1)
    #expect(try a.title(id) == "A and B")
    // What is settled already cannot be settled over it unseen.
    #expect(throws: ReplicaError.self) { try a.replica.resolve(conflict, of: record, .take(1), at: a.now) }
  }

  @Test("a refused change is told with its record")
  func refused() throws {
    try b.writeUnchecked(id, "language", 7)
    try b.sync()
    #expect(Self.piece(b, id)?.refused == 1)
  }
}

@Suite("What the values of a conflict started from")
struct CommonValueTests {
  private let world: TestWorld
  private let a: TestCity
  private let b: TestCity
  private let id: RecordID

  init() throws {
    world = try TestWorld()
    (a, b) = (try world.city("bogota"), try world.city("durban"))
    // Durban reads from the start of the log on, so that it gets changes, not states.
    try b.sync()
    id = try a.addEvent("Forum")
    try a.sync()
    try b.sync()
  }

  private func start(at city: TestCity) throws -> CommonValue? {
    let record = try #require(try city.replica.record(id))
    guard case .values(_, let cells)? = record.state.conflicts().first else { return nil }
    return try city.replica.commonValue(of: cells, in: record)
  }

  @Test("it is the value that both replaced, also behind several own changes")
  func value() throws {
    try a.put(id, "title", "A")
    try b.put(id, "title", "B")
    try b.put(id, "title", "B again")
    for city in [a, b, a] { try city.sync() }
    #expect(try start(at: a) == .value("Forum"))
    #expect(try start(at: b) == .value("Forum"))
  }

  @Test("it is nothing where both wrote the first value, and where the field had been cleared")
  func nothing() throws {
    try a.put(id, "summary", "A")
    try b.put(id, "summary", "B")
    for city in [a, b, a] { try city.sync() }
    #expect(try start(at: a) == .nothing)
  }

  @Test("it is the settled value after a conflict was settled")
  func settled() throws {
    try a.put(id, "title", "A")
    try b.put(id, "title", "B")
    for city in [a, b] { try city.sync() }
    try b.put(id, "title", "settled")
    for city in [b, a] { try city.sync() }
    try a.put(id, "title", "A2")
    try b.put(id, "title", "B2")
    for city in [a, b, a] { try city.sync() }
    #expect(try start(at: a) == .value("settled"))
  }

  @Test("a replica that got the record whole does not know, and says so")
  func unknown() throws {
    let c = try world.city("tripoli")
    try c.sync()
    try a.put(id, "title", "A")
    try c.put(id, "title", "C")
    for city in [a, c, a] { try city.sync() }
    #expect(try start(at: a) == .value("Forum"))
    #expect(try start(at: c) == .unknown)
  }
}
