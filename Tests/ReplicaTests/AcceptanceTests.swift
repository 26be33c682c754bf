import Foundation
import JSON
import Records
import Replica
import Store
import Sync
import TestKit
import Testing

@Suite("The sample records, end to end")
struct AcceptanceTests {
  private static let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources/pioc/Demo/pioc-sample.json").standardized

  private func items() throws -> [ImportItem] { try ImportFile.parse(Array(try Data(contentsOf: Self.sample))) }

  private func importing(_ city: TestCity) throws -> ImportReport {
    var random = SeededRandom(5)
    return try city.replica.importItems(try items(), at: city.now) { random.bytes($0) }
  }

  private func document(_ city: TestCity, _ source: Text) throws -> JSONObject {
    let id = try #require(try city.replica.imported(from: source))
    return RecordDocument.json(try #require(try city.state(id)))
  }

  @Test("the import gives 5 events, 8 contacts of whom 4 are people, 2 publications, and refuses nothing")
  func first() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    let report = try importing(a)
    #expect(report.added == ["event": 5, "contact": 8, "publication": 2])
    #expect(report.problems.isEmpty)
    #expect(try a.sync().refused == 0)
    try b.sync()
    #expect(try b.replica.count(kind: "event") == 5)
    #expect(try b.replica.count(kind: "contact") == 8)
    #expect(try b.replica.count(kind: "publication") == 2)
    let people = try b.states().values.filter { $0.kind == "contact" && $0.value("kind") == "individual" }
    #expect(people.count == 4)
    #expect(try a.states() == b.states())
    #expect(try b.verify().agrees)
  }

  @Test("a second import makes nothing new and changes nothing, here or in a city that got the records by sync")
  func second() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    _ = try importing(a)
    try a.sync()
    try b.sync()
    for city in [a, b] {
      let report = try importing(city)
      #expect(report.added.isEmpty)
      #expect(report.updated == 0)
      #expect(report.unchanged == 15)
      #expect(try city.replica.pendingCount() == 0)
    }
  }

  @Test("two cities that import the same file offline have each event and publication once, and no conflict")
  func both() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    _ = try importing(a)
    _ = try importing(b)
    for city in [a, b, a] { try city.sync() }
    #expect(try a.replica.count(kind: "event") == 5)
    #expect(try a.replica.count(kind: "publication") == 2)
    let events = try a.states().values.filter { $0.kind != "contact" }
    // Each names its own contacts, whose ids are random; all else is the same.
    #expect(events.flatMap { $0.conflicts() }.filter { $0.path.field != "owner" }.isEmpty)
    #expect(try a.states() == b.states())
  }

  @Test("titles keep their dash and their small letters, and are found without them")
  func title() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    _ = try importing(a)
    let event = try document(a, "pioc-sample:evt-smart-2022")
    let title = try #require(event["title"]?.text?.string)
    #expect(title.contains("Smart Cities\u{2014}Opportunity or Risk for Peace in our Cities?"))
    let found = try a.replica.search("smart cities-opportunity", limit: 10)
    #expect(found.map(\.title) == [title])
    #expect(try a.replica.search("SMART CITIES\u{2060} opportunity", limit: 10).count == 1)
    #expect(try a.replica.search("\" OR NEAR(", limit: 10).isEmpty)
  }

  @Test("the four questions keep their order through concurrent additions on two replicas")
  func points() throws {
    let world = try TestWorld()
    let (a, b) = (try world.city("bogota"), try world.city("durban"))
    _ = try importing(a)
    try a.sync()
    try b.sync()
    let source: Text = "pioc-sample:evt-roundtable-2020"
    let questions = try self.questions(a, source)
    #expect(questions.count == 4)
    let id = try #require(try a.replica.imported(from: source))
    for (city, key) in [(a, "keya"), (b, "keyb")] as [(TestCity, Text)] {
      try city.edit(id) { draft in
        let last = draft.state.cells(of: "points@position").compactMap { $0.value.text }.max()
        draft.put(Path("points", key), ["kind": "question", "text": .string(Text("Added by \(key)?"))])
        draft.put(.position(of: "points", item: key), .string(Position.after(last)))
      }
    }
    for city in [a, b, a] { try city.sync() }
    for city in [a, b] {
      let now = try self.questions(city, source)
      #expect(Array(now.prefix(4)) == questions)
      #expect(Set(now.dropFirst(4)) == ["Added by keya?", "Added by keyb?"])
      #expect(try city.replica.conflictCount() == 0)
    }
    #expect(try self.questions(a, source) == self.questions(b, source))
  }

  private func questions(_ city: TestCity, _ source: Text) throws -> [String] {
    (try document(city, source)["points"]?.array ?? []).filter { $0["kind"] == "question" }
      .compactMap { $0["text"]?.text?.string }
  }

  @Test("related events and publications are references, shown from the other side without being stored there")
  func references() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    _ = try importing(a)
    let roundtable = try document(a, "pioc-sample:evt-roundtable-2020")
    #expect(roundtable["relatedEvents"]?.array?.count == 3)
    #expect(roundtable["relatedPublications"]?.array?.count == 2)
    for source in ["pioc-sample:pub-case", "pioc-sample:pub-pioc"] as [Text] {
      let id = try #require(try a.replica.imported(from: source))
      let back = try a.replica.references(to: id)
      #expect(back.map(\.line.title) == ["Cities and Mass Violence Roundtable"])
      #expect(back.map(\.field) == ["relatedPublications"])
      #expect(try a.state(id)?.cells(of: "relatedEvents").isEmpty == true)
    }
  }

  @Test("the publication and the network of one name stay two records")
  func sameName() throws {
    let world = try TestWorld()
    let a = try world.city("bogota")
    _ = try importing(a)
    let publication = try #require(try a.replica.imported(from: "pioc-sample:pub-pioc"))
    let network = try #require(try a.replica.imported(from: "pioc-sample:org-pioc"))
    #expect(publication != network)
    #expect(try a.state(publication)?.kind == "publication")
    #expect(try a.state(network)?.kind == "contact")
  }
}
