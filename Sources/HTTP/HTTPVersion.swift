/// The version in a first line: exactly `HTTP/`, a digit, a dot and a digit (RFC 9112 §2.3).
struct HTTPVersion {
  var major: UInt8
  var minor: UInt8

  static let length = 8
  private static let name: [UInt8] = Array("HTTP/".utf8)

  /// Reads a version at `start`, or returns nil while bytes are missing; the first wrong byte is a fault.
  static func scan(_ bytes: [UInt8], from start: Int) throws(HTTPFault) -> HTTPVersion? {
    for offset in 0..<length {
      guard start + offset < bytes.count else { return nil }
      let byte = bytes[start + offset]
      let fits =
        switch offset {
        case 0..<5: byte == name[offset]
        case 6: byte == UInt8(ascii: ".")
        default: byte.isDigit
        }
      guard fits else { throw .startLine }
    }
    return HTTPVersion(major: bytes[start + 5] &- 0x30, minor: bytes[start + 7] &- 0x30)
  }
}
