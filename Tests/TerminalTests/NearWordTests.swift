import Testing

@testable import Terminal

@Suite("Near words")
struct NearWordTests {
  @Test(
    "the distance counts insertions, deletions, changes and swaps",
    arguments: [
      ("", "", 0), ("a", "", 1), ("", "ab", 2), ("event", "event", 0), ("evnt", "event", 1),
      ("eventt", "event", 1), ("evemt", "event", 1), ("evetn", "event", 1), ("ca", "abc", 3),
      ("kitten", "sitting", 3), ("ab", "ba", 1),
    ])
  func distance(_ a: String, _ b: String, _ expected: Int) {
    #expect(NearWord.distance(Array(a.unicodeScalars), Array(b.unicodeScalars)) == expected)
    #expect(NearWord.distance(Array(b.unicodeScalars), Array(a.unicodeScalars)) == expected)
  }

  @Test(
    "the nearest word is found, or the one abbreviated",
    arguments: [
      ("stauts", "status"), ("publ", "publication"), ("sho", "show"), ("join", "join"), ("s", nil),
      ("sy", "sync"), ("re", nil), ("st", "set"),
    ] as [(String, String?)])
  func find(_ typed: String, _ meant: String?) {
    let known = ["join", "status", "sync", "set", "show", "publication", "rejected", "restore"]
    #expect(NearWord.find(typed, among: known) == meant)
  }
}
