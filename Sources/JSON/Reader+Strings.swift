/// Strings (RFC 8259 section 7).
extension Reader {
  /// Takes the string at hand, checks its escapes and says where its content is.
  mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> StringSpan {
    let start = position + 1
    var saved = 0  // how many bytes the escapes shrink by when they are resolved
    var index = start
    while true {
      index = Escape.firstSpecial(in: bytes, from: index)
      guard index < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
      guard bytes[index] != Byte.quote else { break }
      guard bytes[index] == Byte.backslash else { throw JSONError(.controlCharacter, at: index) }
      let escape = try escape(bytes, at: index)
      saved += escape.length - escape.decodedLength
      index += escape.length
    }
    guard index - start - saved <= limits.stringBytes else { throw JSONError(.tooLong, at: position) }
    position = index + 1
    return StringSpan(start: start, end: index, isEscaped: saved > 0)
  }

  /// Checks one escape and gives its length, and that of the UTF-8 it stands for.
  private mutating func escape(
    _ bytes: Span<UInt8>, at index: Int
  ) throws(JSONError) -> (length: Int, decodedLength: Int) {
    guard index + 1 < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
    let letter = bytes[index + 1]
    if let byte = Escape.byte(for: letter) {
      if Escape.letter(for: byte) != letter { isCanonical = false }
      return (2, 1)
    }
    guard letter == UInt8(ascii: "u") else { throw JSONError(.invalidEscape, at: index) }
    let unit = try Reader.hexadecimal(bytes, at: index)
    noteForm(ofUnit: unit, bytes, at: index)
    guard unit & 0xF800 == 0xD800 else { return (6, unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3) }
    try Reader.checkPair(high: unit, bytes, at: index)
    return (12, 4)
  }

  /// A `\u` escape is the shortest form only of a control character without a short one, in lower-case
  /// digits.
  private mutating func noteForm(ofUnit unit: UInt16, _ bytes: Span<UInt8>, at index: Int) {
    let isUpperCase = bytes[index + 5] < UInt8(ascii: "a") && bytes[index + 5] > Byte.nine
    if unit >= 0x20 || isUpperCase || Escape.letter(for: UInt8(truncatingIfNeeded: unit)) != nil {
      isCanonical = false
    }
  }

  /// Checks that a surrogate is a high one and that its low one follows at once.
  private static func checkPair(high: UInt16, _ bytes: Span<UInt8>, at index: Int) throws(JSONError) {
    guard high < 0xDC00 else { throw JSONError(.loneSurrogate, at: index) }
    for (offset, expected) in [(6, Byte.backslash), (7, UInt8(ascii: "u"))] {
      guard index + offset < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
      guard bytes[index + offset] == expected else { throw JSONError(.loneSurrogate, at: index) }
    }
    let low = try hexadecimal(bytes, at: index + 6)
    guard low & 0xFC00 == 0xDC00 else { throw JSONError(.loneSurrogate, at: index) }
  }

  /// The four digits of the `\u` escape at an index.
  private static func hexadecimal(_ bytes: Span<UInt8>, at index: Int) throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for place in index + 2..<index + 6 {
      guard place < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
      guard let digit = Escape.hexadecimalDigit(bytes[place]) else {
        throw JSONError(.invalidEscape, at: index)
      }
      unit = unit << 4 | digit
    }
    return unit
  }
}
