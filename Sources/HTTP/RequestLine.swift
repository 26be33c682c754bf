/// The parts of a request line (RFC 9112 §3) as places in the bytes that hold it.
struct RequestLine {
  var method: Range<Int>
  var target: Range<Int>
  var major: UInt8
  var minor: UInt8
  /// One past the line's end.
  var end: Int

  /// No method is longer; a longer one is refused at its 33rd byte.
  static let methodLimit = 32

  /// Reads a line that begins at `start`, or returns nil while its end is missing.
  ///
  /// The first byte that cannot belong decides the fault, however the bytes were cut on their way, and even
  /// when no line end ever comes.
  static func scan(_ bytes: [UInt8], from start: Int, targetLimit: Int) throws(HTTPFault) -> RequestLine? {
    guard let methodEnd = try scanMethod(bytes, from: start) else { return nil }
    let targetStart = methodEnd + 1
    guard let targetEnd = try scanTarget(bytes, from: targetStart, limit: targetLimit) else { return nil }
    guard let version = try HTTPVersion.scan(bytes, from: targetEnd + 1) else { return nil }
    let end = targetEnd + 1 + HTTPVersion.length
    guard try scanLineEnd(bytes, at: end) else { return nil }
    return RequestLine(
      method: start..<methodEnd, target: targetStart..<targetEnd, major: version.major, minor: version.minor,
      end: end + 2)
  }

  private static func scanMethod(_ bytes: [UInt8], from start: Int) throws(HTTPFault) -> Int? {
    for index in start..<bytes.count {
      let byte = bytes[index]
      if byte == .space {
        guard index > start else { throw .startLine }
        return index
      }
      guard byte.isToken else { throw .startLine }
      guard index - start < methodLimit else { throw .methodLength }
    }
    return nil
  }

  private static func scanTarget(
    _ bytes: [UInt8], from start: Int, limit: Int
  ) throws(HTTPFault) -> Int? {
    for index in start..<max(start, bytes.count) {
      let byte = bytes[index]
      if byte == .space {
        guard index > start else { throw .startLine }
        return index
      }
      // Brackets stand around an IPv6 address in the absolute form, and nowhere else.
      guard byte.isPathOrQuery || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") else {
        throw byte == .carriageReturn || byte == .lineFeed ? .startLine : .target
      }
      guard index - start < limit else { throw .targetLength }
    }
    return nil
  }

  /// Whether CR LF stands at `index`; false while one of them is missing.
  private static func scanLineEnd(_ bytes: [UInt8], at index: Int) throws(HTTPFault) -> Bool {
    guard index < bytes.count else { return false }
    guard bytes[index] == .carriageReturn else { throw .startLine }
    guard index + 1 < bytes.count else { return false }
    guard bytes[index + 1] == .lineFeed else { throw .lineEnd }
    return true
  }
}
