import JSON
import TestKit
import Testing

@testable import Records

@Suite("Merging texts that were made from one")
struct TextMergeTests {
  @Test(
    "what one side changed and the other left alone is taken",
    arguments: [
      ("the forum is in May", "the peace forum is in May", "the forum is in June", "the peace forum is in June"),
      ("a b c", "a b c", "a x c", "a x c"), ("a b c", "a y c", "a b c", "a y c"), ("a b", "a c", "a c", "a c"),
      ("one. two.", "one. two. three.", "zero. one. two.", "zero. one. two. three."),
      (
        "اجتماع السلام في شهر مايو", "اجتماع السلام الكبير في شهر مايو", "اجتماع السلام في شهر يونيو",
        "اجتماع السلام الكبير في شهر يونيو"
      ),
      (
        "የሰላም መድረክ በግንቦት ወር ነው", "የሰላም ታላቅ መድረክ በግንቦት ወር ነው", "የሰላም መድረክ በሰኔ ወር ነው",
        "የሰላም ታላቅ መድረክ በሰኔ ወር ነው"
      ),
      // The same words taken away by both.
      ("now and then and later", "now and later", "now and later", "now and later"),
    ])
  func apart(_ base: String, _ left: String, _ right: String, _ expected: String) {
    #expect(TextMerge.merge(base: Text(base), Text(left), Text(right)) == .merged(Text(expected)))
    #expect(TextMerge.merge(base: Text(base), Text(right), Text(left)) == .merged(Text(expected)))
  }

  @Test(
    "the same words changed by both, and words put in the same place, are for a person",
    arguments: [
      ("the forum", "the meeting", "the workshop"), ("", "one thing", "another thing"),
      ("a b", "a x b", "a y b"), ("the forum", "the meeting", "the forum today"),
      ("in May 2027", "in June 2027", "in July 2027"),
      // One side rewrites a phrase of which the other changes a word.
      ("at nine in the hall", "at ten outside", "at nine in the garden"),
    ])
  func together(_ base: String, _ left: String, _ right: String) {
    for (a, b) in [(left, right), (right, left)] {
      guard case .overlapping(let places) = TextMerge.merge(base: Text(base), Text(a), Text(b)) else {
        Issue.record("merged: \(base), \(a), \(b)")
        continue
      }
      #expect(!places.isEmpty)
    }
  }

  @Test("the places say what the words were, and what each side made of them")
  func places() {
    let merge = TextMerge.merge(base: "the forum is in May", "the meeting is in May", "the workshop is in May")
    #expect(merge == .overlapping([.init(base: "forum", left: "meeting", right: "workshop")]))
  }

  @Test("three texts are merged one after the other")
  func three() {
    let merge = TextMerge.merge(
      base: "Peace forum, in the hall, at nine",
      [
        "Peace meeting, in the hall, at nine", "Peace forum, in the garden, at nine",
        "Peace forum, in the hall, at ten",
      ])
    #expect(merge == .merged("Peace meeting, in the garden, at ten"))
  }

  @Test("edits far enough from each other always merge, and keep every word of both sides")
  func random() {
    var random = SeededRandom(21)
    for _ in 0..<500 {
      let words = (0..<60).map { "w\($0)" }
      var (left, right) = (words, words)
      var expected = words
      for place in stride(from: 2, to: 58, by: 4) {
        let side = random.next() % 3
        if side == 0 { (left[place], expected[place]) = ("L\(place)", "L\(place)") }
        if side == 1 { (right[place], expected[place]) = ("R\(place)", "R\(place)") }
      }
      func text(_ words: [String]) -> Text { Text(words.joined(separator: " ")) }
      #expect(TextMerge.merge(base: text(words), text(left), text(right)) == .merged(text(expected)))
    }
  }

  @Test("texts of 64 KiB merge in bounded work")
  func long() {
    let base = (0..<9_000).map { "word\($0)" }
    var (left, right) = (base, base)
    (left[10], right[8_990]) = ("left", "right")
    guard
      case .merged(let text) = TextMerge.merge(
        base: Text(base.joined(separator: " ")), Text(left.joined(separator: " ")), Text(right.joined(separator: " ")))
    else {
      Issue.record("not merged")
      return
    }
    #expect(text.string.contains(" left ") && text.string.contains(" right "))
  }
}
