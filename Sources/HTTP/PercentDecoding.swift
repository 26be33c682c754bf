/// Percent-decoding, done once and strictly (RFC 3986 §2.1).
enum PercentDecoding {
  /// The path of these bytes, or a fault where it could mean another path to somebody else.
  ///
  /// Refused are half an escape, text that is not UTF-8, controls, dot segments, and escaped slashes of
  /// either direction, since a route or a log might take them for separators.
  static func path(_ bytes: ArraySlice<UInt8>) throws(HTTPFault) -> String {
    guard !bytes.isEmpty else { return "/" }
    var decoded = Array(bytes)
    if bytes.contains(.percent) {
      decoded = try unescape(bytes, plusIsSpace: false) { byte in
        byte < 0x20 || byte == 0x7F || byte == .slash || byte == UInt8(ascii: "\\")
      }
    }
    try refuseDotSegments(decoded)
    return try text(decoded)
  }

  /// The parameters of a query, each with its value; a name without "=" has an empty one.
  static func query(_ bytes: ArraySlice<UInt8>) throws(HTTPFault) -> [(name: String, value: String)] {
    var parameters: [(name: String, value: String)] = []
    for part in bytes.split(separator: UInt8(ascii: "&")) {
      let mark = part.firstIndex(of: .equals) ?? part.endIndex
      let name = try formText(part[..<mark])
      let value = try formText(part[mark...].dropFirst())
      parameters.append((name, value))
    }
    return parameters
  }

  private static func formText(_ bytes: ArraySlice<UInt8>) throws(HTTPFault) -> String {
    try text(unescape(bytes, plusIsSpace: true) { $0 == 0 })
  }

  private static func unescape(
    _ bytes: ArraySlice<UInt8>, plusIsSpace: Bool, refusing: (UInt8) -> Bool
  ) throws(HTTPFault) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let byte = bytes[index]
      if byte == .percent {
        guard index + 2 < bytes.endIndex, let high = bytes[index + 1].hexValue,
          let low = bytes[index + 2].hexValue, !refusing(high << 4 | low)
        else { throw .targetEncoding }
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? .space : byte)
        index += 1
      }
    }
    return decoded
  }

  private static func refuseDotSegments(_ path: [UInt8]) throws(HTTPFault) {
    let dot = UInt8(ascii: ".")
    guard path.contains(dot) else { return }
    for segment in path.split(separator: .slash)
    where segment.count <= 2 && segment.allSatisfy({ $0 == dot }) {
      throw .targetEncoding
    }
  }

  private static func text(_ bytes: [UInt8]) throws(HTTPFault) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .targetEncoding }
    return text
  }
}
