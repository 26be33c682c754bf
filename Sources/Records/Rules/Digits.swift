/// Numbers of a fixed count of decimal digits.
enum Digits {
  /// The number that exactly so many ASCII digits stand for (at most nine, so that it cannot overflow).
  static func number(_ bytes: ArraySlice<UInt8>, count: Int) -> Int? {
    guard bytes.count == count, count <= 9 else { return nil }
    var value = 0
    for byte in bytes {
      guard isDigit(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// Whether a byte is an ASCII digit.
  static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// A number with leading zeros.
  static func padded(_ number: Int, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
  }
}
