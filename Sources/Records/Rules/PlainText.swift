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
    var seen = Seen()
    text.bytes.withUnsafeBytes { bytes in
      var index = 0
      // Eight at a time: every text that comes to a hub goes through here.
      while bytes.count - index >= 8 {
        let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        if !seen.take(word) { for byte in bytes[index..<index + 8] { seen.take(byte) } }
        index += 8
      }
      for byte in bytes[index...] { seen.take(byte) }
    }
    guard !seen.control, seen.printing, seen.scalars <= limit.scalars else { return false }
    return !seen.generalPunctuation || !text.bytes.indices.contains { turnsDirection(text.bytes[$0...]) }
  }

  /// What was seen of a text so far.
  private struct Seen {
    /// Unicode scalars.
    var scalars = 0
    /// Anything but blanks.
    var printing = false
    /// A control character that no text may hold.
    var control = false
    /// A byte with which the characters that turn the direction begin, among others.
    var generalPunctuation = false

    mutating func take(_ byte: UInt8) {
      control = control || byte < 0x20 && byte != lineFeed || byte == 0x7F
      scalars += byte & 0xC0 == 0x80 ? 0 : 1
      printing = printing || byte > 0x20
      generalPunctuation = generalPunctuation || byte == 0xE2
    }

    /// Takes eight bytes at once, or none of them if one must be looked at more closely.
    mutating func take(_ word: UInt64) -> Bool {
      let ones: UInt64 = 0x0101_0101_0101_0101
      let tops = ones &* 0x80
      // (x - 0x01…) & ~x & 0x80… is not zero exactly when a byte of x is zero.
      let deletes = word ^ ones &* 0x7F
      let leads = word ^ ones &* 0xE2
      let isClose = (word &- ones &* 0x20) & ~word | (deletes &- ones) & ~deletes | (leads &- ones) & ~leads
      guard isClose & tops == 0 else { return false }
      // Bytes of the form 10…… go on with a character that began before.
      scalars += 8 - (word & ~(word &<< 1) & tops).nonzeroBitCount
      printing = printing || word != ones &* 0x20
      return true
    }
  }

  /// Whether bytes begin with one of U+202A–202E or U+2066–2069 (UAX 9 §2): they can make a line read as
  /// another one.
  private static func turnsDirection(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count >= 3, bytes[bytes.startIndex] == 0xE2 else { return false }
    switch (bytes[bytes.startIndex + 1], bytes[bytes.startIndex + 2]) {
    case (0x80, 0xAA...0xAE), (0x81, 0xA6...0xA9): return true
    default: return false
    }
  }
}
