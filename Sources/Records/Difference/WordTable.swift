import JSON

/// The words of several texts, each known by a number; two are the same only if their bytes are.
struct WordTable {
  private var known: [Text: Int] = [:]
  private var all: [Text] = []

  /// A text as the numbers of its words.
  mutating func numbers(_ text: Text) -> [Int] {
    WordSplit.pieces(text).map { word in
      if let number = known[word] { return number }
      known[word] = all.count
      all.append(word)
      return all.count - 1
    }
  }

  /// The words of some numbers, put together again.
  func text(_ numbers: some Sequence<Int>) -> Text {
    Text(validating: numbers.flatMap { all[$0].bytes }) ?? ""
  }

  /// Whether a word is nothing but blanks.
  func isBlank(_ number: Int) -> Bool { WordSplit.isBlank(all[number]) }
}
