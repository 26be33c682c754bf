/// Hexadecimal digits, two a byte; lower case is written and nothing else is read, so that each value has one
/// spelling.
public enum Hex {
  /// Bytes as digits.
  public static func encode(_ bytes: [UInt8]) -> String {
    String(decoding: encodeBytes(bytes), as: UTF8.self)
  }

  /// Bytes as digits in ASCII.
  public static func encodeBytes(_ bytes: [UInt8]) -> [UInt8] {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      digits.append(digit(byte >> 4))
      digits.append(digit(byte & 15))
    }
    return digits
  }

  /// A number as sixteen digits, with leading zeros, so that numbers sort as their digits do.
  public static func encode(_ number: UInt64) -> String {
    String(decoding: encodeBytes(number), as: UTF8.self)
  }

  /// A number as sixteen digits in ASCII.
  public static func encodeBytes(_ number: UInt64) -> [UInt8] {
    (0..<16).map { digit(UInt8(truncatingIfNeeded: number >> UInt64(60 - $0 * 4)) & 15) }
  }

  /// The bytes that digits stand for; nothing if their number is odd or one is not a digit.
  public static func decode(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for index in stride(from: digits.startIndex, to: digits.endIndex, by: 2) {
      guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  /// The bytes that digits stand for; nothing if their number is odd or one is not a digit.
  public static func decode(_ digits: [UInt8]) -> [UInt8]? {
    decode(digits[...])
  }

  /// The number that sixteen digits stand for; nothing if it is anything else.
  public static func decode16(_ digits: ArraySlice<UInt8>) -> UInt64? {
    guard digits.count == 16 else { return nil }
    var number: UInt64 = 0
    for digit in digits {
      guard let value = value(digit) else { return nil }
      number = number << 4 | UInt64(value)
    }
    return number
  }

  /// The number that sixteen digits stand for; nothing if it is anything else.
  public static func decode16(_ digits: [UInt8]) -> UInt64? {
    decode16(digits[...])
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
