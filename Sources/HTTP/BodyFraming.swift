/// How the end of a body is found (RFC 9112 §6.3).
enum BodyFraming: Equatable {
  /// There is no body.
  case none
  /// The body has this many bytes.
  case length(Int)
  /// The body comes in chunks, the last of them empty.
  case chunked
  /// The body ends with the connection; only answers may do that.
  case untilClose

  /// The framing of a request; without either field it has no body.
  static func ofRequest(_ fields: HTTPFields, minorVersion: Int) throws(HTTPFault) -> BodyFraming {
    try declared(fields, minorVersion: minorVersion) ?? .none
  }

  /// The framing of an answer to a request with this method.
  static func ofResponse(
    _ fields: HTTPFields, minorVersion: Int, status: Int, method: String
  ) throws(HTTPFault) -> BodyFraming {
    let framing = try declared(fields, minorVersion: minorVersion) ?? .untilClose
    return method == "HEAD" || HTTPStatus.hasNoBody(status) ? .none : framing
  }

  private static func declared(_ fields: HTTPFields, minorVersion: Int) throws(HTTPFault) -> BodyFraming? {
    let lengths = fields.count(of: "content-length")
    let codings = fields.count(of: "transfer-encoding")
    if codings > 0 {
      // RFC 9112 §6.1: both fields, or a coding in HTTP/1.0, are signs of an attack.
      guard lengths == 0, codings == 1, minorVersion > 0 else { throw .framing }
      try checkCoding(fields.bytes(of: "transfer-encoding") ?? [])
      return .chunked
    }
    guard lengths > 0 else { return nil }
    guard lengths == 1 else { throw .framing }
    guard let length = fields.bytes(of: "content-length")?.decimal else { throw .contentLength }
    return .length(length)
  }

  /// Accepts `chunked` alone; other codings before it are unknown here, and without it the end is unknown.
  private static func checkCoding(_ value: ArraySlice<UInt8>) throws(HTTPFault) {
    if value.equalsIgnoringCase("chunked") { return }
    let codings = value.split(separator: .comma, omittingEmptySubsequences: false).map(\.trimmingBlanks)
    guard let last = codings.last, last.equalsIgnoringCase("chunked") else { throw .transferCoding }
    for coding in codings.dropLast() {
      let isOther = !coding.isEmpty && coding.allSatisfy(\.isToken) && !coding.equalsIgnoringCase("chunked")
      guard isOther else { throw .transferCoding }
    }
    throw .unknownCoding
  }
}
