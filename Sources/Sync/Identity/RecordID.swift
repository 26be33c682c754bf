import Crypto
public import JSON

/// The identity of a record: a UUID (RFC 9562), in lower case wherever it is text.
public struct RecordID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The sixteen bytes as one number, big-endian.
  public let value: UInt128

  /// An id from its number.
  public init(_ value: UInt128) { self.value = value }

  /// An id from its sixteen bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    self.init(bytes.reduce(0) { $0 << 8 | UInt128($1) })
  }

  /// Reads the 36-character form in lower case, the only one that travels.
  public init?(_ text: Text) {
    self.init(utf8: text.bytes.span)
  }

  /// Reads the same form from bytes that are at hand.
  init?(utf8 bytes: Span<UInt8>) {
    guard bytes.count == 36 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for index in 0..<36 {
      if index == 8 || index == 13 || index == 18 || index == 23 {
        guard bytes[index] == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = Self.digit(bytes[index]) else { return nil }
      if index < 18 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
    }
    self.init(UInt128(high) << 64 | UInt128(low))
  }

  /// A UUIDv7 (RFC 9562 §5.7): neighbours in time are neighbours on disk.
  ///
  /// - Parameters:
  ///   - milliseconds: Unix time; only its low 48 bits count.
  ///   - random: ten random bytes.
  public init(milliseconds: Int64, random: [UInt8]) {
    let bits = random.prefix(10).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    let time = UInt128(UInt64(bitPattern: milliseconds) & 0xFFFF_FFFF_FFFF) << 80
    self.init(Self.stamped(time | bits, version: 7))
  }

  /// An id derived from a kind and a foreign key, so that two replicas that import the same thing agree.
  ///
  /// UUIDv8 with SHA-256 (RFC 9562 §5.8 and appendix B.2). Never derive a contact's id: a hash of personal
  /// data outlives its erasure.
  public init(kind: Text, foreignKey: Text) {
    let input = Array("peacesync:".utf8) + kind.bytes + [0] + foreignKey.bytes
    let digest = SHA256.hash(input).bytes.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    self.init(Self.stamped(digest, version: 8))
  }

  /// The sixteen bytes, as they are stored.
  public var bytes: [UInt8] {
    (0..<16).map { UInt8(truncatingIfNeeded: value >> UInt128(120 - 8 * $0)) }
  }

  /// The id as it travels.
  public var text: Text { Text(description) }

  /// The 36-character form.
  public var description: String { String(decoding: utf8, as: UTF8.self) }

  /// The 36-character form, as bytes.
  var utf8: [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(36)
    for shift in stride(from: 124, through: 0, by: -4) {
      // Hyphens stand before the ninth, thirteenth, seventeenth and twenty-first digit.
      if shift == 92 || shift == 76 || shift == 60 || shift == 44 { digits.append(UInt8(ascii: "-")) }
      let digit = UInt8(truncatingIfNeeded: value >> UInt128(shift)) & 15
      digits.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
    }
    return digits
  }

  /// Orders by bytes.
  public static func < (a: RecordID, b: RecordID) -> Bool { a.value < b.value }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }

  private static func stamped(_ value: UInt128, version: UInt128) -> UInt128 {
    let cleared = value & ~(UInt128(0xF) << 76) & ~(UInt128(0x3) << 62)
    return cleared | version << 76 | UInt128(0x2) << 62
  }
}
