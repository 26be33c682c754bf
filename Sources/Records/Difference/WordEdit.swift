/// A run of words that was replaced by another, either of which may be empty.
struct WordEdit: Hashable {
  /// The places in the old text.
  var old: Range<Int>
  /// The places in the new one.
  var new: Range<Int>

  /// What makes one text another, in ascending order.
  ///
  /// Words that were replaced one beside the other, with nothing but blanks between them, are one edit: it reads as a
  /// phrase, and is merged as one.
  static func list(_ old: [Int], _ new: [Int], words: WordTable) -> [WordEdit] {
    var edits: [WordEdit] = []
    var (i, j) = (0, 0)
    for pair in SequenceMatch(old, new).pairs + [(old.count, new.count)] {
      if pair.old > i || pair.new > j { edits.append(WordEdit(old: i..<pair.old, new: j..<pair.new)) }
      (i, j) = (pair.old + 1, pair.new + 1)
    }
    var joined: [WordEdit] = []
    for edit in edits {
      if let last = joined.last, old[last.old.upperBound..<edit.old.lowerBound].allSatisfy(words.isBlank) {
        joined[joined.count - 1] = WordEdit(
          old: last.old.lowerBound..<edit.old.upperBound, new: last.new.lowerBound..<edit.new.upperBound)
      } else {
        joined.append(edit)
      }
    }
    return joined
  }
}
