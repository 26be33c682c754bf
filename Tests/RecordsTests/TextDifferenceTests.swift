import JSON
import TestKit
import Testing

@testable import Records

@Suite("Differences of texts, word by word")
struct TextDifferenceTests {
  /// The difference as one line: what goes in square brackets, what comes in curly ones.
  static func marked(_ old: String, _ new: String) -> String {
    TextDifference(Text(old), Text(new)).pieces.map { piece in
      switch piece {
      case .same(let text): text.string
      case .changed(let old, let new):
        (old.isEmpty ? "" : "[\(old)]") + (new.isEmpty ? "" : "{\(new)}")
      }
    }.joined()
  }

  @Test(
    "the words that differ are told, and no others",
    arguments: [
      ("a peace forum", "a peace meeting", "a peace [forum]{meeting}"),
      ("one two three", "one two three", "one two three"),
      ("", "new", "{new}"), ("gone", "", "[gone]"),
      ("Foro de paz", "Foro municipal de paz", "Foro {municipal }de paz"),
      ("Día de la Paz", "Día por la Paz", "Día [de]{por} la Paz"),
      // A word changes as a whole, never within its letters.
      ("Bogotá", "Bogota", "[Bogotá]{Bogota}"),
      ("لقاء السلام في المدينة", "لقاء السلام في القدس", "لقاء السلام في [المدينة]{القدس}"),
      ("የሰላም መድረክ ነው", "የሰላም ጉባኤ ነው", "የሰላም [መድረክ]{ጉባኤ} ነው"),
      ("红色的会议", "蓝色的会议", "[红]{蓝}色的会议"),
      // Words replaced one beside the other are one phrase.
      ("on Monday morning at nine", "on Tuesday evening at nine", "on [Monday morning]{Tuesday evening} at nine"),
    ])
  func words(_ old: String, _ new: String, _ expected: String) { #expect(Self.marked(old, new) == expected) }

  @Test("two spellings of one letter are told apart by their bytes")
  func bytes() {
    let difference = TextDifference("caf\u{E9}", "cafe\u{301}")
    #expect(difference.pieces == [.changed(old: "caf\u{E9}", new: "cafe\u{301}")])
  }

  @Test("the pieces of any two texts are all of one text and all of the other, and cut no character")
  func whole() {
    var random = SeededRandom(11)
    let words = ["paz", "سلام", " ", "\n", ".", "ሰላም", "e\u{301}", "👩‍👩‍👧", "\u{200F}", "peace", "\r\n", "和"]
    for round in 0..<2_000 {
      func text(_ count: Int) -> Text {
        Text((0..<count).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined())
      }
      let (old, new) = (text(round % 23), text(round % 19))
      let pieces = TextDifference(old, new).pieces
      var (left, right): (String, String) = ("", "")
      for piece in pieces {
        switch piece {
        case .same(let text): (left, right) = (left + text.string, right + text.string)
        case .changed(let old, let new): (left, right) = (left + old.string, right + new.string)
        }
      }
      #expect(Text(left) == old && Text(right) == new)
      let cuts = WordSplit.pieces(old).map(\.string.count).reduce(0, +)
      #expect(cuts == old.string.count, "a character of \(old) was cut")
    }
  }

  @Test("the shortest difference is found where it is short")
  func shortest() {
    var random = SeededRandom(5)
    for _ in 0..<300 {
      let old = (0..<40).map { _ in Int(random.next() % 6) }
      let new = (0..<40).map { _ in Int(random.next() % 6) }
      #expect(SequenceMatch(old, new).pairs.count == Self.longestCommon(old, new))
    }
  }

  /// The length of the longest common subsequence, by the table that takes quadratic time.
  private static func longestCommon(_ old: [Int], _ new: [Int]) -> Int {
    var row = [Int](repeating: 0, count: new.count + 1)
    for element in old {
      var diagonal = 0
      for (index, other) in new.enumerated() {
        let above = row[index + 1]
        row[index + 1] = element == other ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[new.count]
  }

  @Test("texts of 64 KiB that share little, or nothing, take a bounded number of steps")
  func bounded() {
    var random = SeededRandom(3)
    let bound = SequenceMatch.allowance + 500_000
    for alphabet in [2, 50, 5_000, 1_000_000] as [UInt64] {
      let old = (0..<32_768).map { _ in Int(random.next() % alphabet) }
      let new = (0..<32_768).map { _ in Int(random.next() % alphabet) }
      let match = SequenceMatch(old, new)
      #expect(match.steps < bound, "\(alphabet) words: \(match.steps) steps")
      #expect(zip(match.pairs, match.pairs.dropFirst()).allSatisfy { $0.old < $1.old && $0.new < $1.new })
      #expect(match.pairs.allSatisfy { old[$0.old] == new[$0.new] })
    }
  }

  @Test("a few edits in a text of 64 KiB are found as they were made")
  func longText() {
    let words = (0..<9_000).map { "word\($0)" }
    var edited = words
    for place in stride(from: 100, to: 9_000, by: 1_000) { edited[place] = "other\(place)" }
    let pieces = TextDifference(Text(words.joined(separator: " ")), Text(edited.joined(separator: " "))).pieces
    let changed = pieces.filter { if case .changed = $0 { true } else { false } }
    #expect(changed.count == 9)
  }
}
