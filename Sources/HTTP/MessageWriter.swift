/// Writes messages; nothing else in this package writes a head.
///
/// A name that is no token, and a value with CR, LF, NUL or another control, are refused, since they would
/// end the field early and let a value become a field or a message of its own (RFC 9110 §5.5).
public enum MessageWriter {
  /// Writes the head of an answer, with the length that its body has or, for HEAD, would have.
  public static func head(
    of response: HTTPResponse, dateLine: [UInt8], closes: Bool
  ) throws(HTTPFault) -> [UInt8] {
    guard (200...599).contains(response.status) else { throw .unsendable }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(256 + min(response.body.count, bodyInHead))
    bytes += "HTTP/1.1 \(response.status) \(HTTPStatus.phrase(response.status))\r\n".utf8
    bytes += dateLine
    try append(response.fields, to: &bytes)
    if !HTTPStatus.hasNoBody(response.status) {
      bytes += "Content-Length: \(response.bodyCount)\r\n".utf8
    }
    bytes += (closes ? "Connection: close\r\n\r\n" : "\r\n").utf8
    return bytes
  }

  /// Writes a request with its `Content-Length`, as clients and tests send it.
  ///
  /// GET and HEAD without a body get no length; the fields must hold `Host`.
  public static func request(
    method: String, target: String, fields: [(String, String)], body: [UInt8] = []
  ) throws(HTTPFault) -> [UInt8] {
    guard !method.utf8.isEmpty, method.utf8.allSatisfy(\.isToken), target.utf8.allSatisfy(\.isPathOrQuery),
      !target.utf8.isEmpty
    else { throw .unsendable }
    var bytes = Array("\(method) \(target) HTTP/1.1\r\n".utf8)
    try append(fields, to: &bytes)
    if !body.isEmpty || (method != "GET" && method != "HEAD") {
      bytes += "Content-Length: \(body.count)\r\n".utf8
    }
    bytes += "\r\n".utf8
    bytes += body
    return bytes
  }

  /// Bodies up to this size are sent in one piece with their head; longer ones are not copied.
  static let bodyInHead = 16 * 1024

  static let continueResponse: [UInt8] = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  private static func append(_ fields: [(String, String)], to bytes: inout [UInt8]) throws(HTTPFault) {
    for (name, value) in fields {
      guard !name.utf8.isEmpty, name.utf8.allSatisfy(\.isToken), value.utf8.allSatisfy(\.isFieldContent)
      else { throw .unsendable }
      if isWrittenHere(name) { continue }
      bytes += name.utf8
      bytes += ": ".utf8
      bytes += value.utf8
      bytes += "\r\n".utf8
    }
  }

  /// The fields that frame a message are this writer's alone: two of them would be an attack.
  private static func isWrittenHere(_ name: String) -> Bool {
    let count = name.utf8.count
    guard count == 4 || count == 10 || count == 14 || count == 17 else { return false }
    let bytes = Array(name.utf8)[...]
    return ["date", "connection", "content-length", "transfer-encoding"].contains {
      bytes.equalsIgnoringCase($0)
    }
  }
}
