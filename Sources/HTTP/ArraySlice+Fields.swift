extension ArraySlice<UInt8> {
  /// The bytes without the spaces and tabs around them; no other byte is a blank here.
  var trimmingBlanks: ArraySlice<UInt8> {
    var slice = self
    while let first = slice.first, first.isBlank { slice.removeFirst() }
    while let last = slice.last, last.isBlank { slice.removeLast() }
    return slice
  }

  /// Whether these are the bytes of the text, with ASCII letters of either case alike.
  func equalsIgnoringCase(_ text: String) -> Bool {
    let utf8 = text.utf8
    guard count == utf8.count else { return false }
    var index = startIndex
    for byte in utf8 {
      if self[index].lowercased != byte.lowercased { return false }
      index += 1
    }
    return true
  }

  /// A number of decimal digits only, or nil when it is something else or does not fit.
  var decimal: Int? {
    guard !isEmpty else { return nil }
    var value = 0
    for byte in self {
      guard byte.isDigit else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(byte &- 0x30))
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }
}
