/// The parts of a request target (RFC 9112 §3.2) as places in the bytes that hold it.
struct RequestTarget {
  /// The host and port of the absolute form.
  var authority: Range<Int>?
  /// Where the path stands; empty for `*`, and for an absolute form without one.
  var path: Range<Int>
  var query: Range<Int>?
  /// Whether the target is `*`, the server as a whole.
  var isAsterisk = false

  /// Takes a target apart; anything but a path, `OPTIONS *` and an http address is a fault.
  static func parse(_ bytes: [UInt8], _ range: Range<Int>, isOptions: Bool) throws(HTTPFault) -> RequestTarget {
    let text = bytes[range]
    if text.first == .slash { return try withQuery(bytes, range) }
    if text.count == 1, text.first == UInt8(ascii: "*") {
      guard isOptions else { throw .target }
      return RequestTarget(path: range.lowerBound..<range.lowerBound, isAsterisk: true)
    }
    for scheme in ["http://", "https://"] where text.prefix(scheme.utf8.count).equalsIgnoringCase(scheme) {
      return try absolute(bytes, range.dropFirst(scheme.utf8.count))
    }
    throw .target
  }

  private static func absolute(_ bytes: [UInt8], _ range: Range<Int>) throws(HTTPFault) -> RequestTarget {
    let end = bytes[range].firstIndex { $0 == .slash || $0 == .question } ?? range.upperBound
    guard Authority.isValid(bytes[range.lowerBound..<end]) else { throw .target }
    var target = try withQuery(bytes, end..<range.upperBound)
    target.authority = range.lowerBound..<end
    return target
  }

  private static func withQuery(_ bytes: [UInt8], _ range: Range<Int>) throws(HTTPFault) -> RequestTarget {
    guard bytes[range].allSatisfy(\.isPathOrQuery) else { throw .target }
    guard let mark = bytes[range].firstIndex(of: .question) else { return RequestTarget(path: range) }
    return RequestTarget(path: range.lowerBound..<mark, query: mark + 1..<range.upperBound)
  }
}
