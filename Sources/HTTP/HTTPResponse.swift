/// An answer to a request.
///
/// The writer adds `Content-Length`, `Date` and `Connection`; given here, they are left out.
public struct HTTPResponse: Sendable {
  /// The status, 200 to 599.
  public var status: Int
  /// The fields in their order; CR, LF and NUL are refused when the head is written.
  public var fields: [(String, String)]
  /// The body; for HEAD it gives the length and is not sent.
  public var body: [UInt8]
  /// What follows the body, where it is too long to be held in memory; it must not change any more.
  public var spool: (any SpooledBody)?
  /// Whether the connection ends with this answer.
  public var closes = false
  /// What a server's log should say about why the answer is what it is; never sent.
  public var cause: String?

  /// How many bytes the body has.
  public var bodyCount: Int { body.count + (spool?.count ?? 0) }

  /// An answer of these parts.
  public init(status: Int, fields: [(String, String)] = [], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// An answer with a body of this media type.
  public init(status: Int, contentType: String, body: [UInt8]) {
    self.init(status: status, fields: [("Content-Type", contentType)], body: body)
  }

  /// An answer in JSON.
  public static func json(_ body: [UInt8], status: Int = 200) -> HTTPResponse {
    HTTPResponse(status: status, contentType: "application/json", body: body)
  }

  /// An answer in plain text.
  public static func text(_ text: String, status: Int = 200) -> HTTPResponse {
    HTTPResponse(status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8))
  }
}
