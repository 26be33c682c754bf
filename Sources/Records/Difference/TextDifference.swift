public import JSON

/// What makes one text another, word by word.
///
/// The work is bounded (``SequenceMatch``): of long texts that share little, pieces are told as replaced whole.
public struct TextDifference: Hashable, Sendable {
  /// A piece of both texts, or of one of them.
  public enum Piece: Hashable, Sendable {
    /// It stands in both.
    case same(Text)
    /// One was replaced by the other; one of them may be empty.
    case changed(old: Text, new: Text)
  }

  /// The pieces in their order: all of one text, and all of the other.
  public let pieces: [Piece]

  /// Compares two texts.
  public init(_ old: Text, _ new: Text) {
    var words = WordTable()
    let (left, right) = (words.numbers(old), words.numbers(new))
    var pieces: [Piece] = []
    var start = 0
    for edit in WordEdit.list(left, right, words: words) {
      if edit.old.lowerBound > start { pieces.append(.same(words.text(left[start..<edit.old.lowerBound]))) }
      pieces.append(.changed(old: words.text(left[edit.old]), new: words.text(right[edit.new])))
      start = edit.old.upperBound
    }
    if start < left.count { pieces.append(.same(words.text(left[start...]))) }
    self.pieces = pieces
  }

  /// Whether anything is the same, a blank or a sign apart.
  public var hasCommonWords: Bool {
    pieces.contains { piece in
      guard case .same(let text) = piece else { return false }
      return text.string.contains { $0.isLetter || $0.isNumber }
    }
  }
}
