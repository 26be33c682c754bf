/// A head that is being read.
struct RequestHead {
  var line: RequestLine
  var target: RequestTarget
  var section: FieldSection

  /// Reads a whole request line at `start`, or returns nil while its end is missing.
  init?(_ bytes: [UInt8], start: Int, limits: HTTPLimits) throws(HTTPFault) {
    guard let line = try RequestLine.scan(bytes, from: start, targetLimit: limits.target) else { return nil }
    guard line.major == 1 else { throw .version }
    let method = bytes[line.method]
    if method.elementsEqual("CONNECT".utf8) || method.elementsEqual("TRACE".utf8) { throw .tunnel }
    target = try RequestTarget.parse(bytes, line.target, isOptions: method.elementsEqual("OPTIONS".utf8))
    section = FieldSection(start: line.end)
    self.line = line
  }

  /// The request of a whole head, without its body; faults here leave the framing sound.
  func request(_ bytes: [UInt8], fields: HTTPFields, peer: String) throws(HTTPFault) -> HTTPRequest {
    let method = String(decoding: bytes[line.method], as: UTF8.self)
    guard Self.methods.contains(method) else { throw .method }
    let query: [(name: String, value: String)]
    if let range = target.query { query = try PercentDecoding.query(bytes[range]) } else { query = [] }
    var request = HTTPRequest(
      method: method, path: target.isAsterisk ? "/" : try PercentDecoding.path(bytes[target.path]),
      query: query,
      fields: fields, peer: peer)
    request.rawTarget = Array(bytes[line.target])
    request.minorVersion = Int(line.minor)
    request.declaresBody =
      fields.bytes(of: "content-length") != nil || fields.bytes(of: "transfer-encoding") != nil
    guard Self.isIdentity(fields) else { throw .contentCoding }
    return request
  }

  /// Checks the Host field, and the host of an absolute target against it (RFC 9112 §3.2, §3.2.2).
  ///
  /// The target's host is the one that counts. A server that does not know its own names can only refuse a
  /// request that names two.
  func checkHost(_ bytes: [UInt8], fields: HTTPFields) throws(HTTPFault) {
    let count = fields.count(of: "host")
    guard let host = fields.bytes(of: "host") else {
      guard line.minor == 0 else { throw .host }
      return
    }
    guard count == 1, Authority.isValid(host) else { throw .host }
    if let authority = target.authority, !Authority.areSame(bytes[authority], host) { throw .misdirected }
  }

  /// Whether the client waits for 100 before it sends its body; unknown expectations are a fault.
  func expectsContinue(fields: HTTPFields) throws(HTTPFault) -> Bool {
    // RFC 9110 §10.1.1: a 100 is not for HTTP/1.0.
    guard line.minor > 0, let expectation = fields.bytes(of: "expect") else { return false }
    guard fields.count(of: "expect") == 1, expectation.equalsIgnoringCase("100-continue") else {
      throw .expectation
    }
    return true
  }

  private static let methods = ["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]

  private static func isIdentity(_ fields: HTTPFields) -> Bool {
    guard let coding = fields.bytes(of: "content-encoding") else { return true }
    return fields.count(of: "content-encoding") == 1 && coding.equalsIgnoringCase("identity")
  }
}
