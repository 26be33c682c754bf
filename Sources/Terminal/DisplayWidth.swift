/// How many terminal columns text takes, without asking a locale.
///
/// A character is as wide as its widest scalar: two columns for East Asian wide ones (UAX #11) and for
/// emoji, none for marks and format characters; spacing marks (Mc) of the scripts of India add a column.
/// Control characters count as nothing: replace them first (`TerminalSafe`).
public enum DisplayWidth {
  /// The columns that the text takes on one line.
  public static func of(_ text: String) -> Int {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The columns that one character takes.
  public static func of(_ character: Character) -> Int {
    if let ascii = character.asciiValue { return ascii >= 0x20 && ascii != 0x7F ? 1 : 0 }
    var widest = 0
    var spacingMarks = 0
    for scalar in character.unicodeScalars {
      if scalar.properties.generalCategory == .spacingMark {
        spacingMarks += 1
      } else {
        widest = max(widest, of(scalar))
      }
    }
    return widest + spacingMarks
  }

  /// The text cut to at most `columns`, ending in "…" where something is missing; no character is cut.
  public static func clip(_ text: String, to columns: Int) -> String {
    guard columns > 0 else { return "" }
    // No character takes more columns than bytes.
    if text.utf8.count <= columns { return text }
    var width = 0
    var fitting = text.startIndex
    for index in text.indices {
      width += of(text[index])
      if width > columns { return text[..<fitting] + "…" }
      if width < columns { fitting = text.index(after: index) }
    }
    return text
  }

  /// The text with blanks behind it, or before it if `leading`, up to `columns`; longer text is kept.
  public static func pad(_ text: String, to columns: Int, leading: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, columns - of(text)))
    return leading ? blanks + text : text + blanks
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    // The ideographs and the syllables of Hangul need no look at the tables.
    if (0x4E00...0x9FFF).contains(scalar.value) || (0xAC00...0xD7A3).contains(scalar.value) { return 2 }
    if scalar == "\u{FE0F}" { return 2 }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .lineSeparator, .paragraphSeparator: return 0
    case .format: return drawnFormats.contains { $0.contains(scalar.value) } ? 1 : 0
    default: break
    }
    if scalar.value < 0x1100 { return 1 }
    if properties.isDefaultIgnorableCodePoint { return 0 }
    return properties.isEmojiPresentation || isWide(scalar.value) ? 2 : 1
  }

  /// Format characters that are drawn: the soft hyphen and the number signs of Arabic and its kin.
  private static let drawnFormats: [ClosedRange<UInt32>] = [
    0xAD...0xAD, 0x600...0x605, 0x6DD...0x6DD, 0x70F...0x70F, 0x890...0x891, 0x8E2...0x8E2,
    0x110BD...0x110BD, 0x110CD...0x110CD,
  ]

  /// Wide and fullwidth blocks of EastAsianWidth.txt, in ascending order.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF,
    0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D7F, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265,
    0x20000...0x3FFFD,
  ]

  private static func isWide(_ value: UInt32) -> Bool {
    wideRanges.contains { $0.contains(value) }
  }
}
