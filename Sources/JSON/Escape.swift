/// The bytes that a JSON string cannot hold as they are: the quotation mark, the reverse solidus and the C0
/// controls (RFC 8259 section 7).
enum Escape {
  /// The index of the first such byte at or after `start`, or the count if there is none.
  static func firstSpecial(in bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    let raw = bytes.bytes
    while bytes.count - index >= 8 {
      let found = specials(in: ByteOrder.word(raw, at: index))
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count, !isSpecial(bytes[index]) { index += 1 }
    return index
  }

  /// Tells whether a byte must be escaped in a string.
  static func isSpecial(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == Byte.quote || byte == Byte.backslash
  }

  /// Marks the special bytes of eight with their top bits; only the lowest mark is exact.
  ///
  /// `(x - 0x01…) & ~x & 0x80…` marks the zero bytes of x. A borrow can run into the byte above a marked one
  /// and mark it falsely, never below, so the lowest mark can be trusted.
  private static func specials(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = word ^ (ones &* UInt64(Byte.quote))
    let backslashes = word ^ (ones &* UInt64(Byte.backslash))
    let controls = (word &- (ones &* 0x20)) & ~word
    return (((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes) | controls) & (ones &* 0x80)
  }

  /// The letter of the short escape for a byte, if it has one that this library writes.
  static func letter(for byte: UInt8) -> UInt8? {
    switch byte {
    case Byte.quote, Byte.backslash: byte
    case 0x08: UInt8(ascii: "b")
    case 0x09: UInt8(ascii: "t")
    case 0x0A: UInt8(ascii: "n")
    case 0x0C: UInt8(ascii: "f")
    case 0x0D: UInt8(ascii: "r")
    default: nil
    }
  }

  /// The byte that a short escape's letter stands for, if it is one of RFC 8259's eight.
  static func byte(for letter: UInt8) -> UInt8? {
    switch letter {
    case Byte.quote, Byte.backslash, UInt8(ascii: "/"): letter
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "r"): 0x0D
    default: nil
    }
  }

  /// The value of a hexadecimal digit in either case.
  static func hexadecimalDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// Appends a quoted string with the shortest escapes.
  static func appendQuoted(_ text: Span<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(Byte.quote)
    var start = 0
    while true {
      let end = firstSpecial(in: text, from: start)
      text.extracting(start..<end).withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
      guard end < text.count else { break }
      append(text[end], to: &bytes)
      start = end + 1
    }
    bytes.append(Byte.quote)
  }

  private static func append(_ special: UInt8, to bytes: inout [UInt8]) {
    bytes.append(Byte.backslash)
    if let letter = letter(for: special) {
      bytes.append(letter)
    } else {
      bytes.append(contentsOf: [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")])
      bytes.append(UInt8(ascii: "0") + special >> 4)
      let low = special & 15
      bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
    }
  }
}
