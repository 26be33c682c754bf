/// Where a key is in the input, and its first bytes, which are mostly enough to compare it with another.
struct KeySpan {
  let content: StringSpan
  /// The first eight bytes, big-endian, zeros where there are fewer; nothing that counts if there are
  /// escapes.
  private let lead: UInt64

  init(_ content: StringSpan, in bytes: Span<UInt8>) {
    self.content = content
    var lead: UInt64 = 0
    if bytes.count - content.start >= 8 {
      lead = UInt64(
        bigEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: content.start, as: UInt64.self))
      if content.count < 8 { lead &= ~(UInt64.max >> UInt64(content.count * 8)) }
    } else {
      // So near to the end of the input, there are fewer than eight.
      for index in 0..<content.count {
        lead |= UInt64(bytes[content.start + index]) << UInt64(56 - index * 8)
      }
    }
    self.lead = lead
  }

  /// Whether this key comes before another, by the bytes that they stand for.
  func precedes(_ other: KeySpan, in bytes: Span<UInt8>) -> Bool {
    if content.isEscaped || other.content.isEscaped {
      return content.text(in: bytes) < other.content.text(in: bytes)
    }
    guard lead == other.lead else { return lead < other.lead }
    return ByteOrder.precedes(
      bytes.extracting(content.start..<content.end), bytes.extracting(other.content.start..<other.content.end)
    )
  }

  /// Whether this key is another; both must be without escapes.
  func equals(_ other: KeySpan, in bytes: Span<UInt8>) -> Bool {
    guard lead == other.lead, content.count == other.content.count else { return false }
    return content.count <= 8
      || ByteOrder.equal(
        bytes.extracting(content.start..<content.end),
        bytes.extracting(other.content.start..<other.content.end))
  }
}
