/// Numbers (RFC 8259 section 6).
extension Reader {
  /// Takes the number at hand.
  mutating func number(_ bytes: Span<UInt8>) throws(JSONError) -> NumberSpan {
    let start = position
    let isNegative = bytes[start] == Byte.minus
    if isNegative { position += 1 }
    let magnitude = try integerPart(bytes, start)
    var isInteger = true
    if position < bytes.count, bytes[position] == Byte.period {
      isInteger = false
      position += 1
      try digits(bytes, start)
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      position += 1
      if position < bytes.count, bytes[position] == Byte.plus || bytes[position] == Byte.minus {
        position += 1
      }
      try digits(bytes, start)
    }
    guard position - start <= limits.stringBytes else { throw JSONError(.tooLong, at: start) }
    let integer = isInteger ? Reader.signed(magnitude, isNegative: isNegative) : nil
    isCanonical = isCanonical && integer.map(JSON.interoperable.contains) == true
    return NumberSpan(start: start, end: position, integer: integer)
  }

  /// Takes `0`, or digits that do not begin with it; gives their value unless it overflows.
  private mutating func integerPart(_ bytes: Span<UInt8>, _ start: Int) throws(JSONError) -> UInt64? {
    let first = position
    var value: UInt64 = 0
    var overflows = false
    while position < bytes.count {
      let digit = bytes[position] &- Byte.zero
      guard digit <= 9 else { break }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      overflows = overflows || overflow || carry
      value = sum
      position += 1
    }
    try requireDigits(bytes, from: first, start)
    if bytes[first] == Byte.zero, position - first > 1 { throw JSONError(.invalidNumber, at: start) }
    return overflows ? nil : value
  }

  /// Takes one digit or more.
  private mutating func digits(_ bytes: Span<UInt8>, _ start: Int) throws(JSONError) {
    let first = position
    while position < bytes.count, bytes[position] &- Byte.zero <= 9 { position += 1 }
    try requireDigits(bytes, from: first, start)
  }

  private mutating func requireDigits(_ bytes: Span<UInt8>, from first: Int, _ start: Int) throws(JSONError) {
    guard position == first else { return }
    if position == bytes.count { throw JSONError(.unexpectedEnd, at: position) }
    throw JSONError(.invalidNumber, at: start)
  }

  private static func signed(_ magnitude: UInt64?, isNegative: Bool) -> Int64? {
    guard let magnitude else { return nil }
    guard isNegative else { return Int64(exactly: magnitude) }
    // `-0` is a negative zero to many readers, so it is kept as it is spelled.
    guard magnitude > 0, magnitude <= Int64.min.magnitude else { return nil }
    return Int64(truncatingIfNeeded: 0 &- magnitude)
  }
}
