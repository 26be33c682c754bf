import JSON

/// What every text of a record keeps to: no control characters, nothing that turns the reading direction
/// around.
enum PlainText {
  /// Whether a text is one line within a limit, and not only blanks.
  static func isLine(_ text: Text, _ limit: TextLimit) -> Bool {
    isAllowed(text, limit) && !text.bytes.contains(lineFeed)
  }

  /// Whether a text of any number of lines is within a limit, and not only blanks.
  static func isLines(_ text: Text, _ limit: TextLimit) -> Bool { isAllowed(text, limit) }

  /// Whether a text is short and has no blanks and no control characters, as addresses and identifiers.
  static func isUnbroken(_ text: Text, bytes limit: Int) -> Bool {
    text.count <= limit && isAllowed(text, TextLimit(limit)) && text.bytes.allSatisfy { $0 > 0x20 }
  }

  private static let lineFeed = UInt8(ascii: "\n")

  private static func isAllowed(_ text: Text, _ limit: TextLimit) -> Bool {
    guard !text.isEmpty, text.count <= limit.bytes else { return false }
    var scalars = 0
    var isBlank = true
    for (index, byte) in text.bytes.enumerated() {
      if byte < 0x20 && byte != lineFeed || byte == 0x7F { return false }
      if byte & 0xC0 != 0x80 { scalars += 1 }
      if byte > 0x20 { isBlank = false }
      if byte == 0xE2, turnsDirection(text.bytes[index...]) { return false }
    }
    return !isBlank && scalars <= limit.scalars
  }

  /// Whether bytes begin with one of U+202A–202E or U+2066–2069 (UAX 9 §2): they can make a line read as
  /// another one.
  private static func turnsDirection(_ bytes: ArraySlice<UInt8>) -> Bool {
    let three = Array(bytes.prefix(3))
    guard three.count == 3 else { return false }
    switch (three[1], three[2]) {
    case (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9): return true
    default: return false
    }
  }
}
