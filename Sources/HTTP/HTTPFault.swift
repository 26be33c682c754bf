/// Why a message was not accepted: a status, a stable code and a sentence.
///
/// A fault in the framing ends the connection, since nobody can tell where the next message begins
/// (RFC 9112 §11.2). Where the frame is sound and only the request is refused, the connection is kept.
public struct HTTPFault: Error, Sendable, Equatable {
  /// The status of the answer.
  public let status: Int
  /// The stable name of the fault, beginning with `http-`.
  public let code: String
  /// What is wrong, as a sentence for the one who wrote the other side.
  public let detail: String
  /// Whether the next request on this connection can still be told from this one.
  public let keepsConnection: Bool

  init(_ status: Int, _ code: String, _ detail: String, keepsConnection: Bool = false) {
    self.status = status
    self.code = code
    self.detail = detail
    self.keepsConnection = keepsConnection
  }
}

extension HTTPFault {
  static let startLine = HTTPFault(400, "http-start-line", "The first line is not a request or status line.")
  static let methodLength = HTTPFault(501, "http-method", "No method has so long a name.")
  static let method = HTTPFault(501, "http-method", "This method is not offered here.", keepsConnection: true)
  static let tunnel = HTTPFault(501, "http-method", "CONNECT and TRACE are not offered here.")
  static let version = HTTPFault(505, "http-version", "Only HTTP/1.1 and HTTP/1.0 are spoken here.")
  static let target = HTTPFault(400, "http-target", "The request target is not a path or an http address.")
  static let targetLength = HTTPFault(414, "http-target-length", "The request target is too long.")
  static let targetEncoding = HTTPFault(
    400, "http-target-encoding", "The path or the query is not encoded as it must be.", keepsConnection: true)
  static let misdirected = HTTPFault(421, "http-misdirected", "The request target names another host.")
  static let lineEnd = HTTPFault(400, "http-line-end", "A line must end in CR LF, and hold neither alone.")
  static let field = HTTPFault(400, "http-field", "A field line is not name, colon, value.")
  static let headLength = HTTPFault(431, "http-head-length", "The head has too many or too long fields.")
  static let host = HTTPFault(400, "http-host", "One Host field with a host and a port is needed.")
  static let contentLength = HTTPFault(400, "http-content-length", "Content-Length must be one number.")
  static let framing = HTTPFault(400, "http-framing", "The length of the body is told in two ways.")
  static let transferCoding = HTTPFault(400, "http-transfer-coding", "Transfer-Encoding must be chunked.")
  static let unknownCoding = HTTPFault(
    501, "http-transfer-coding", "No transfer coding but chunked is known.")
  static let unexpectedBody = HTTPFault(400, "http-unexpected-body", "GET and HEAD have no body.")
  static let bodyLength = HTTPFault(413, "http-body-length", "The body is too long.")
  static let bodyRoom = HTTPFault(
    503, "http-body-room", "There is no room for so long a body now; send it again later.")
  static let chunk = HTTPFault(400, "http-chunk", "The chunked body is not well formed.")
  static let chunkOverhead = HTTPFault(
    431, "http-chunk-overhead", "Chunk extensions or trailers are too long.")
  static let expectation = HTTPFault(417, "http-expectation", "Only 100-continue can be expected.")
  static let contentCoding = HTTPFault(
    415, "http-content-encoding", "A body must not be compressed.", keepsConnection: true)
  static let incomplete = HTTPFault(400, "http-incomplete", "The message ended before its end.")
  static let headTimeout = HTTPFault(408, "http-head-timeout", "The head took too long.")
  static let bodyTimeout = HTTPFault(408, "http-body-timeout", "The body came too slowly.")
  static let lengthRequired = HTTPFault(
    411, "http-length-required", "A body is needed, with its length or in chunks.", keepsConnection: true)
  /// A connection that is closed before a request is read.
  public static let connections = HTTPFault(
    503, "http-connections", "This address has too many connections; close some, or try again later.")
  static let unsendable = HTTPFault(500, "http-unsendable", "The answer could not be written.")
  /// No handler answered.
  public static let noAnswer = HTTPFault(500, "http-no-answer", "The request found no answer.", keepsConnection: true)

  /// Every fault, as the specification lists them.
  public static let all: [HTTPFault] = [
    .startLine, .methodLength, .method, .tunnel, .version, .target, .targetLength, .targetEncoding, .misdirected,
    .lineEnd, .field, .headLength, .host, .contentLength, .framing, .transferCoding, .unknownCoding, .unexpectedBody,
    .bodyLength, .bodyRoom, .chunk, .chunkOverhead, .expectation, .contentCoding, .incomplete, .headTimeout,
    .bodyTimeout, .lengthRequired, .connections, .unsendable, .noAnswer,
  ]
}
