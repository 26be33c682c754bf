/// UTF-8 text that is compared, sorted and hashed by its bytes.
///
/// `Swift.String` compares by canonical equivalence, so that "é" in its two spellings is one key: two
/// replicas would then disagree on what a record holds. A `Text` differs wherever its bytes differ, on every
/// machine.
public struct Text: Hashable, Comparable, Sendable {
  /// The text's bytes, always valid UTF-8.
  public let bytes: [UInt8]

  /// Takes the UTF-8 bytes of a string.
  public init(_ string: String) {
    bytes = Array(string.utf8)
  }

  /// Takes bytes that are UTF-8, or nothing if they are not.
  public init?(validating bytes: [UInt8]) {
    guard isUTF8(bytes.span) else { return nil }
    self.bytes = bytes
  }

  /// Takes a slice of bytes that is UTF-8, or nothing if it is not.
  public init?(validating bytes: ArraySlice<UInt8>) {
    guard isUTF8(bytes.span) else { return nil }
    self.bytes = Array(bytes)
  }

  /// Takes any sequence of bytes that is UTF-8, or nothing if it is not.
  public init?(validating bytes: some Sequence<UInt8>) {
    self.init(validating: Array(bytes))
  }

  /// Takes bytes of which the caller knows that they are UTF-8.
  init(validated bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The text as a Swift string.
  public var string: String {
    String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the text has no bytes.
  public var isEmpty: Bool { bytes.isEmpty }

  /// The number of bytes, not of characters.
  public var count: Int { bytes.count }

  /// Tells whether this is a text that the program knows, without an allocation, which `== "…"` costs.
  public func matches(_ literal: StaticString) -> Bool {
    literal.withUTF8Buffer { ByteOrder.equal(bytes.span, $0.span) }
  }

  /// Orders by bytes, as `memcmp` does; for UTF-8 that is also the order of the code points.
  public static func < (left: Text, right: Text) -> Bool {
    ByteOrder.precedes(left.bytes.span, right.bytes.span)
  }

  /// Tells whether two texts have the same bytes.
  public static func == (left: Text, right: Text) -> Bool {
    ByteOrder.equal(left.bytes.span, right.bytes.span)
  }

  /// Feeds the bytes to a hasher in one piece.
  public func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
    // 0xFF occurs in no UTF-8 text, so a text followed by another never looks like a longer one.
    hasher.combine(0xFF as UInt8)
  }
}

extension Text: ExpressibleByStringLiteral {
  /// Takes the UTF-8 bytes of a string literal.
  public init(stringLiteral string: String) {
    self.init(string)
  }
}

extension Text: CustomStringConvertible {
  /// The text itself.
  public var description: String { string }
}

/// Tells whether bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above
/// U+10FFFF).
private func isUTF8(_ bytes: Span<UInt8>) -> Bool {
  do {
    _ = try UTF8Span(validating: bytes)
    return true
  } catch {
    return false
  }
}
