import JSON
import Replica
import Sync
import TestKit
import Testing

@Suite("Searching")
struct SearchTests {
  private let city: TestCity
  private let ids: [RecordID]

  init() throws {
    let (_, a, _, ids) = try TestWorld.pair(titles: ["Paz 1", "Pazifik", "Paz 2", "Bogotá", "Paz 3"])
    (city, self.ids) = (a, ids)
  }

  private func found(_ query: String, limit: Int64 = 10, window: Int64 = 2_000) throws -> [RecordID] {
    try city.replica.search(query, limit: limit, window: window).map(\.id)
  }

  @Test("the beginning of a word finds it, and the newer records come first")
  func beginnings() throws {
    #expect(try found("paz") == [ids[4], ids[2], ids[1], ids[0]])
    #expect(try found("pazi") == [ids[1]])
    #expect(try found("bogota") == [ids[3]])
  }

  @Test("a word with its article finds the word without, and the other way round")
  func articles() throws {
    try city.put(ids[0], "title", "مؤتمر السلام")
    try city.put(ids[1], "title", "المؤتمر الوطني")
    try city.put(ids[2], "summary", "Côte d\u{2019}Ivoire")
    #expect(try found("مؤتمر") == [ids[1], ids[0]])
    #expect(try found("المؤتمر") == [ids[1], ids[0]])
    #expect(try found("المؤتمر سلام") == [ids[0]])
    #expect(try found("والسلام") == [ids[0]])
    #expect(try found("ivoire") == [ids[2]])
    #expect(try found("(ivoire OR") == [])
  }

  @Test("where whole words fill the window, the newest of them are enough")
  func window() throws {
    #expect(try found("paz", window: 3) == [ids[4], ids[2], ids[0]])
    #expect(try found("paz", window: 2) == [ids[4], ids[2]])
    #expect(try found("pa", window: 2) == [ids[4], ids[2]])
  }

  @Test("who holds the words in the title comes before newer ones that hold them elsewhere")
  func titles() throws {
    try city.put(ids[3], "summary", "paz")
    #expect(try found("paz") == [ids[4], ids[2], ids[1], ids[0], ids[3]])
    #expect(try found("paz", limit: 2) == [ids[4], ids[2]])
  }
}
