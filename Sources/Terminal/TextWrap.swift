/// Breaks prose into lines of a display width.
public enum TextWrap {
  /// Fills lines of at most `width` columns; runs of blanks become one, line feeds stay.
  ///
  /// A line may also break beside a wide character, since Chinese and Japanese are written without
  /// blanks. A longer word, such as an address to be copied, is left whole and sticks out.
  public static func lines(_ text: String, width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { fill($0, width) }
  }

  /// Breaks one line that does not fit, and hangs the rest below the beginning of its text: behind its blanks, and behind
  /// a first word that stands in a column of its own, as in `  changed   "Peace forum"`.
  public static func hanging(_ line: String, width: Int) -> [String] {
    guard DisplayWidth.of(plain(line)) > width else { return [line] }
    let blanks = line.prefix { $0 == " " }
    let word = line.dropFirst(blanks.count).prefix { $0 != " " }
    let gap = line.dropFirst(blanks.count + word.count).prefix { $0 == " " }
    var head = gap.count > 1 ? blanks + word + gap : blanks
    if DisplayWidth.of(String(head)) * 2 > width { head = "" }
    let indent = DisplayWidth.of(String(head))
    let rest = lines(String(line.dropFirst(head.count)), width: width - indent)
    return rest.enumerated().map { ($0 == 0 ? String(head) : String(repeating: " ", count: indent)) + $1 }
  }

  /// A line without what only colours it, which takes no column.
  private static func plain(_ line: String) -> String {
    guard line.utf8.contains(0x1B) else { return line }
    return line.split(separator: "\u{1B}", omittingEmptySubsequences: false).enumerated().map { index, part in
      index == 0 ? part : part.drop { $0 != "m" }.dropFirst()
    }.joined()
  }

  private static func fill(_ paragraph: Substring, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    for piece in pieces(paragraph) {
      let gap = piece.afterBlank && !line.isEmpty ? 1 : 0
      if !line.isEmpty, lineWidth + gap + piece.width > width {
        lines.append(line)
        (line, lineWidth) = (piece.text, piece.width)
      } else {
        line += (gap == 1 ? " " : "") + piece.text
        lineWidth += gap + piece.width
      }
    }
    return lines + [line]
  }

  private struct Piece {
    var text = ""
    var width = 0
    var afterBlank: Bool
    var endsWide = false
  }

  /// Cuts at blanks and beside wide characters, but never before closing punctuation.
  private static func pieces(_ paragraph: Substring) -> [Piece] {
    var pieces: [Piece] = []
    var piece = Piece(afterBlank: false)
    for character in paragraph {
      if character == " " || character == "\t" {
        if !piece.text.isEmpty { pieces.append(piece) }
        piece = Piece(afterBlank: true)
        continue
      }
      let width = DisplayWidth.of(character)
      let breaks = (width == 2 || piece.endsWide) && !character.isPunctuation
      if breaks, !piece.text.isEmpty {
        pieces.append(piece)
        piece = Piece(afterBlank: false)
      }
      piece.text.append(character)
      piece.width += width
      piece.endsWide = width == 2
    }
    return piece.text.isEmpty ? pieces : pieces + [piece]
  }
}
