extension HTTPResponse {
  /// An `application/problem+json` answer (RFC 9457) with a stable code.
  ///
  /// The title is the phrase of the status, as RFC 9457 §4.2.1 wants it for `about:blank`.
  public static func problem(
    status: Int, code: String, detail: String? = nil, fields: [(String, String)] = []
  ) -> HTTPResponse {
    var body = Array(#"{"type":"about:blank","title":"#.utf8)
    appendQuoted(HTTPStatus.phrase(status), to: &body)
    body += Array(#","status":\#(status),"code":"#.utf8)
    appendQuoted(code, to: &body)
    if let detail {
      body += Array(#","detail":"#.utf8)
      appendQuoted(detail, to: &body)
    }
    body.append(UInt8(ascii: "}"))
    return HTTPResponse(
      status: status,
      // RFC 9111 §5.2.2.5: what was refused to one must not be told to another.
      fields: [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")] + fields, body: body)
  }

  /// The answer to a message with this fault.
  public static func problem(_ fault: HTTPFault) -> HTTPResponse {
    var fields = fault == .contentCoding ? [("Accept-Encoding", "identity")] : []
    if fault.status == 503 { fields.append(("Retry-After", "5")) }
    var answer = problem(status: fault.status, code: fault.code, detail: fault.detail, fields: fields)
    answer.closes = !fault.keepsConnection
    return answer
  }

  /// 411: the route needs a body, and the head told of none (RFC 9110 §15.5.12).
  public static var lengthRequired: HTTPResponse { problem(.lengthRequired) }

  /// Appends a JSON string (RFC 8259 §7).
  private static func appendQuoted(_ text: String, to body: inout [UInt8]) {
    body.append(.quote)
    for byte in text.utf8 {
      if byte == .quote || byte == UInt8(ascii: "\\") {
        body.append(UInt8(ascii: "\\"))
        body.append(byte)
      } else if byte < 0x20 {
        let hex = String(byte, radix: 16)
        body += Array("\\u\(String(repeating: "0", count: 4 - hex.utf8.count))\(hex)".utf8)
      } else {
        body.append(byte)
      }
    }
    body.append(.quote)
  }
}
