/// Makes text from outside harmless to print: no control sequence, no reordering beyond its own place.
///
/// C0 controls become their pictures (ESC is shown as "␛"); DEL, C1 controls and all explicit
/// bidirectional controls (UAX #9: embeddings, overrides, isolates) become visible too. Left-to-right and
/// right-to-left marks and the joiners stay: they cannot reach beyond the text.
public enum TerminalSafe {
  /// The text on one line: line ends and tabs become blanks.
  public static func line(_ text: String) -> String {
    clean(text, lineEnd: " ")
  }

  /// The text with its line ends, all as line feeds; tabs become blanks.
  public static func text(_ text: String) -> String {
    clean(text, lineEnd: "\n")
  }

  /// Text of one line that cannot reorder what stands beside it: isolated if any of it runs from right to left.
  ///
  /// UAX #9, U+2068 and U+2069; both take no column.
  public static func isolated(_ text: String) -> String {
    text.unicodeScalars.contains(where: isRightToLeft) ? "\u{2068}" + text + "\u{2069}" : text
  }

  /// Text that ends as the line around it runs: a left-to-right mark behind what holds anything from right to left.
  ///
  /// Without it the bracket or number behind an Arabic title jumps to its other side. Unlike an isolate, the mark is kept
  /// when the whole line is made safe.
  public static func ended(_ text: String) -> String {
    text.unicodeScalars.contains(where: isRightToLeft) ? text + "\u{200E}" : text
  }

  /// Whether the scalar lies in a block that is written from right to left, or is such a mark.
  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x590...0x8FF, 0x200F, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }

  /// The text as a field between tabs: every control character becomes a blank.
  static func field(_ text: String) -> String {
    guard mayBeUnsafe(text) else { return text }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text.unicodeScalars.lazy.map { isUnsafe($0) ? " " : $0 })
    return String(result)
  }

  private static func clean(_ text: String, lineEnd: Unicode.Scalar) -> String {
    guard mayBeUnsafe(text) else { return text }
    var result = String.UnicodeScalarView()
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\r" where scalars.first == "\n": continue
      case "\n", "\u{85}", "\u{2028}", "\u{2029}": result.append(lineEnd)
      case "\t": result.append(" ")
      default: result.append(isUnsafe(scalar) ? picture(scalar) : scalar)
      }
    }
    return String(result)
  }

  private static func picture(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    default: "\u{FFFD}"
    }
  }

  static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// Whether a byte occurs that an unsafe scalar begins with; most text is clean and returned as it is.
  private static func mayBeUnsafe(_ text: String) -> Bool {
    text.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 || $0 == 0xE2 }
  }
}
