/// Writes integers in decimal digits.
enum Decimal {
  /// Appends an integer in its shortest form.
  static func append(_ integer: Int64, to bytes: inout [UInt8]) {
    if integer < 0 { bytes.append(Byte.minus) }
    let start = bytes.count
    var rest = integer.magnitude
    repeat {
      bytes.append(Byte.zero + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }
}
