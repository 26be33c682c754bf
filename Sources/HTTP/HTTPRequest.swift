/// A request as the routes see it: whole, decoded and checked.
public struct HTTPRequest: Sendable {
  /// The method as sent, in upper case for all methods that are known.
  public var method: String
  /// The path, percent-decoded once: UTF-8, begins with "/", no control, no dot segment, no encoded slash.
  public var path: String
  /// The target as sent, for logs.
  public var rawTarget: [UInt8]
  /// The parameters of the query in their order, decoded as a form is ("+" is a space).
  public var query: [(name: String, value: String)]
  /// The field lines.
  public var fields: HTTPFields
  /// The body without its transfer coding; empty while a request is checked by its head alone.
  public var body: [UInt8]
  /// The body where it was too long to be held in memory; ``body`` is empty then.
  public var spool: (any SpooledBody)?
  /// The address of the other side without its port; the connection's owner fills it in.
  public var peer: String
  /// The minor version: 0 for HTTP/1.0, 1 or more for HTTP/1.1.
  public var minorVersion: Int
  /// Whether the head told of a body, be it an empty one (`Content-Length` or `Transfer-Encoding`).
  ///
  /// A route that needs a body answers 411 where this is false (RFC 9110 §15.5.12).
  public var declaresBody: Bool

  /// How many bytes the body has.
  public var bodyCount: Int { body.count + (spool?.count ?? 0) }

  /// A request of these parts, as tests and the parser make it.
  public init(
    method: String, path: String, query: [(name: String, value: String)] = [],
    fields: HTTPFields = HTTPFields(), body: [UInt8] = [], peer: String = ""
  ) {
    self.method = method
    self.path = path
    self.rawTarget = Array(path.utf8)
    self.query = query
    self.fields = fields
    self.body = body
    self.peer = peer
    self.minorVersion = 1
    self.declaresBody = !body.isEmpty
  }

  /// The first parameter of the query with this name, compared byte by byte.
  public func query(_ name: String) -> String? {
    for parameter in query where parameter.name.utf8.elementsEqual(name.utf8) { return parameter.value }
    return nil
  }

  /// Whether the body is of this media type; parameters such as a charset are not looked at.
  ///
  /// False without a `Content-Type`, and with two of them.
  public func hasContentType(_ mediaType: String) -> Bool {
    guard fields.count(of: "content-type") == 1, let value = fields.bytes(of: "content-type") else {
      return false
    }
    return value.prefix { $0 != .semicolon }.trimmingBlanks.equalsIgnoringCase(mediaType)
  }
}
