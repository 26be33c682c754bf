public import JSON

/// Two texts that were made from one, brought together word by word.
///
/// What one side changed and the other left alone is taken. Where both changed the same words, or words side by side,
/// only a person can say what is meant: there is no merged text then, but the places.
public enum TextMerge: Hashable, Sendable {
  /// Both sides' changes, in one text.
  case merged(Text)
  /// The places where the sides changed the same words.
  case overlapping([Place])

  /// What the same words became on each side.
  public struct Place: Hashable, Sendable {
    /// What both started from.
    public let base: Text
    /// What it is on one side.
    public let left: Text
    /// What it is on the other side.
    public let right: Text
  }

  /// Merges two texts that started from `base`.
  public static func merge(base: Text, _ left: Text, _ right: Text) -> TextMerge {
    if left == right || right == base { return .merged(left) }
    if left == base { return .merged(right) }
    var words = WordTable()
    let sides = Sides(base: words.numbers(base), left: words.numbers(left), right: words.numbers(right), words: words)
    return sides.merge()
  }

  /// Merges any number of texts that started from `base`, one after the other.
  public static func merge(base: Text, _ texts: [Text]) -> TextMerge {
    var merged = texts.first ?? base
    for text in texts.dropFirst() {
      switch merge(base: base, merged, text) {
      case .merged(let both): merged = both
      case .overlapping(let places): return .overlapping(places)
      }
    }
    return .merged(merged)
  }
}

/// The words of the three texts of a merge.
private struct Sides {
  let base: [Int]
  let left: [Int]
  let right: [Int]
  let words: WordTable

  func merge() -> TextMerge {
    var lefts = WordEdit.list(base, left, words: words)[...]
    var rights = WordEdit.list(base, right, words: words)[...]
    var merged: [Int] = []
    var places: [TextMerge.Place] = []
    var start = 0
    while let first = [lefts.first, rights.first].compactMap({ $0?.old.lowerBound }).min() {
      var end = first
      var (mine, theirs): ([WordEdit], [WordEdit]) = ([], [])
      // An edit that only touches another belongs to the same place: nothing says which comes first.
      while true {
        if let edit = lefts.first, edit.old.lowerBound <= end {
          mine.append(lefts.removeFirst())
          end = max(end, edit.old.upperBound)
        } else if let edit = rights.first, edit.old.lowerBound <= end {
          theirs.append(rights.removeFirst())
          end = max(end, edit.old.upperBound)
        } else {
          break
        }
      }
      merged += base[start..<first]
      let (a, b) = (rewritten(first..<end, mine, left), rewritten(first..<end, theirs, right))
      if theirs.isEmpty || a == b {
        merged += a
      } else if mine.isEmpty {
        merged += b
      } else {
        places.append(TextMerge.Place(base: words.text(base[first..<end]), left: words.text(a), right: words.text(b)))
      }
      start = end
    }
    return places.isEmpty ? .merged(words.text(merged + base[start...])) : .overlapping(places)
  }

  /// A range of the base after these edits.
  private func rewritten(_ range: Range<Int>, _ edits: [WordEdit], _ side: [Int]) -> [Int] {
    var result: [Int] = []
    var start = range.lowerBound
    for edit in edits {
      result += base[start..<edit.old.lowerBound]
      result += side[edit.new]
      start = edit.old.upperBound
    }
    return result + base[start..<range.upperBound]
  }
}
