/// Reads JSON byte by byte: the one grammar beneath `JSON.parse` and `JSONScanner`.
///
/// The input is passed to every call instead of being kept, because only then can it be a `Span`: as fast as
/// a pointer, yet every access is checked. Always the same input must be passed, and `admit` must have
/// accepted it.
struct Reader {
  /// Nesting is recursion: this many levels fit into the stack of any thread.
  static let deepest = 512

  let limits: JSONLimits
  /// The next byte to read.
  var position = 0
  /// How many arrays and objects are open.
  var depth = 0
  /// Whether all that was read is as `JSON.canonical` would write it.
  var isCanonical = true
  /// The keys of all open objects, innermost last.
  var keys: [KeySpan] = []
  var recentKeys = RecentKeys()

  init(limits: JSONLimits, at position: Int = 0) {
    self.limits = limits
    self.position = position
  }

  /// Reads a whole text.
  mutating func document(_ bytes: Span<UInt8>) throws(JSONError) -> JSON {
    try admit(bytes)
    let value = try value(bytes)
    try finish(bytes)
    return value
  }

  /// Checks what concerns the text as a whole: its length and that it is UTF-8 without a byte order mark.
  ///
  /// From here on a string's bytes need no check but for escapes and controls.
  func admit(_ bytes: Span<UInt8>) throws(JSONError) {
    guard bytes.count <= limits.bytes else { throw JSONError(.tooLong, at: max(0, limits.bytes)) }
    do {
      _ = try UTF8Span(validating: bytes)
    } catch {
      throw JSONError(.invalidUTF8, at: error.byteOffsets.lowerBound)
    }
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      throw JSONError(.byteOrderMark, at: 0)
    }
  }

  /// Checks that only blanks follow.
  mutating func finish(_ bytes: Span<UInt8>) throws(JSONError) {
    skipBlanks(bytes)
    guard position == bytes.count else { throw JSONError(.trailingBytes, at: position) }
  }

  /// Goes to the next byte that is not blank (RFC 8259 section 2), and gives it without taking it.
  @inline(__always)
  mutating func nextByte(_ bytes: Span<UInt8>) throws(JSONError) -> UInt8 {
    if position < bytes.count, bytes[position] > Byte.space { return bytes[position] }
    skipBlanks(bytes)
    guard position < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
    return bytes[position]
  }

  mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == Byte.space || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      isCanonical = false
      position += 1
    }
  }

  /// Takes `true`, `false` or `null`, whose first byte has been seen.
  mutating func literal(_ bytes: Span<UInt8>, _ rest: StaticString) throws(JSONError) {
    for offset in 1..<rest.utf8CodeUnitCount {
      guard position + offset < bytes.count else { throw JSONError(.unexpectedEnd, at: bytes.count) }
      guard bytes[position + offset] == rest.utf8Start[offset] else {
        throw JSONError(.unexpectedByte, at: position + offset)
      }
    }
    position += rest.utf8CodeUnitCount
  }

  /// The error for a byte that begins no value.
  static func notAValue(_ byte: UInt8, at position: Int) -> JSONError {
    // "+1" and ".5" are numbers elsewhere: the reader of the error is helped by hearing so.
    JSONError(byte == Byte.plus || byte == Byte.period ? .invalidNumber : .unexpectedByte, at: position)
  }
}
