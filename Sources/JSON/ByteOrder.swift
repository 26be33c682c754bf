/// Compares runs of bytes eight at a time.
enum ByteOrder {
  /// Tells whether two runs of bytes are the same.
  static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    left.count == right.count && firstDifference(left.bytes, right.bytes, left.count) == left.count
  }

  /// Tells whether one run of bytes comes before another, as `memcmp` orders them; a prefix comes first.
  static func precedes(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    let shared = min(left.count, right.count)
    let index = firstDifference(left.bytes, right.bytes, shared)
    return index == shared ? left.count < right.count : left[index] < right[index]
  }

  /// The index of the first byte in which two runs differ, or `count` if the first `count` bytes are the
  /// same.
  private static func firstDifference(_ left: RawSpan, _ right: RawSpan, _ count: Int) -> Int {
    var index = 0
    while count - index >= 8 {
      let difference = word(left, at: index) ^ word(right, at: index)
      if difference != 0 { return index + difference.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < count, byte(left, at: index) == byte(right, at: index) { index += 1 }
    return index
  }

  /// The eight bytes at an index, the first in the lowest place; out of bounds is a trap, as with any
  /// subscript.
  static func word(_ bytes: RawSpan, at index: Int) -> UInt64 {
    UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  private static func byte(_ bytes: RawSpan, at index: Int) -> UInt8 {
    bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt8.self)
  }
}
