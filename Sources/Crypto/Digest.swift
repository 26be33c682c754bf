/// The 32 bytes of a SHA-256 hash, or a sum of such hashes.
///
/// It is ordered as its bytes are, and can be added and subtracted as an integer of 256 bits (the bytes
/// big-endian), so that the sum over a set can follow each change to the set, in any order.
public struct Digest: Hashable, Sendable {
  /// The bytes as four big-endian words, the first one highest.
  @usableFromInline
  let words: (UInt64, UInt64, UInt64, UInt64)

  init(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
    words = (first, second, third, fourth)
  }

  /// 32 zero bytes: the sum of nothing.
  public static let zero = Digest(0, 0, 0, 0)

  /// Takes 32 bytes; nothing if there are more or fewer.
  public init?(bytes: [UInt8]) {
    self.init(bytes[...])
  }

  /// Takes a slice of 32 bytes; nothing if there are more or fewer.
  public init?(_ slice: ArraySlice<UInt8>) {
    guard slice.count == 32 else { return nil }
    let raw = slice.span.bytes
    words = (
      bigEndianWord(raw, at: 0), bigEndianWord(raw, at: 8), bigEndianWord(raw, at: 16),
      bigEndianWord(raw, at: 24)
    )
  }

  /// Takes 64 lower-case hexadecimal digits; nothing if it is anything else.
  public init?(hex: [UInt8]) {
    self.init(hex: hex[...])
  }

  /// Takes a slice of 64 lower-case hexadecimal digits; nothing if it is anything else.
  public init?(hex: ArraySlice<UInt8>) {
    guard hex.count == 64, let bytes = Hex.decode(hex) else { return nil }
    self.init(bytes[...])
  }

  /// Takes a string of 64 lower-case hexadecimal digits; nothing if it is anything else.
  public init?(hex: String) {
    self.init(hex: Array(hex.utf8))
  }

  /// The 32 bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    append(to: &bytes)
    return bytes
  }

  /// Appends the 32 bytes.
  public func append(to bytes: inout [UInt8]) {
    withBytes { bytes.append(contentsOf: $0) }
  }

  /// Lends the 32 bytes without an allocation.
  @inlinable
  public func withBytes<T, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> T) throws(E) -> T {
    let bigEndian = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
    return try withUnsafeBytes(of: bigEndian, body)
  }

  /// The bytes as 64 lower-case hexadecimal digits.
  public var hex: String { Hex.encode(bytes) }

  /// The bytes as 64 lower-case hexadecimal digits in ASCII.
  public var hexBytes: [UInt8] { Hex.encodeBytes(bytes) }

  /// The first eight bytes, big-endian.
  public var prefix: UInt64 { words.0 }

  /// Tells whether two digests have the same bytes; not in constant time.
  public static func == (left: Digest, right: Digest) -> Bool {
    left.words == right.words
  }

  /// Feeds the words to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

extension Digest: Comparable {
  /// Orders by bytes.
  public static func < (left: Digest, right: Digest) -> Bool {
    left.words < right.words
  }
}

extension Digest: CustomStringConvertible {
  /// The bytes as hexadecimal digits.
  public var description: String { hex }
}

extension Digest {
  /// The sum mod 2^256.
  public static func &+ (left: Digest, right: Digest) -> Digest {
    let (fourth, carry4) = left.words.3.addingReportingOverflow(right.words.3)
    let (third, carry3) = adding(left.words.2, right.words.2, carry4)
    let (second, carry2) = adding(left.words.1, right.words.1, carry3)
    let (first, _) = adding(left.words.0, right.words.0, carry2)
    return Digest(first, second, third, fourth)
  }

  /// The difference mod 2^256: what is to be added to `right` for `left`.
  public static func &- (left: Digest, right: Digest) -> Digest {
    let (fourth, borrow4) = left.words.3.subtractingReportingOverflow(right.words.3)
    let (third, borrow3) = subtracting(left.words.2, right.words.2, borrow4)
    let (second, borrow2) = subtracting(left.words.1, right.words.1, borrow3)
    let (first, _) = subtracting(left.words.0, right.words.0, borrow2)
    return Digest(first, second, third, fourth)
  }

  private static func adding(_ left: UInt64, _ right: UInt64, _ carry: Bool) -> (UInt64, Bool) {
    let (sum, overflow) = left.addingReportingOverflow(right)
    let (total, again) = sum.addingReportingOverflow(carry ? 1 : 0)
    return (total, overflow || again)
  }

  private static func subtracting(_ left: UInt64, _ right: UInt64, _ borrow: Bool) -> (UInt64, Bool) {
    let (difference, overflow) = left.subtractingReportingOverflow(right)
    let (total, again) = difference.subtractingReportingOverflow(borrow ? 1 : 0)
    return (total, overflow || again)
  }
}

private func bigEndianWord(_ bytes: RawSpan, at offset: Int) -> UInt64 {
  UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
}
