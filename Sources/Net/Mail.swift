internal import HTTP

/// The answer to one request on its way to the loop; nil when its handler let go without an answer.
struct Mail {
  /// The connection's descriptor.
  var raw: Int32
  /// The request's number, never used twice, by which an answer that comes too late is known.
  var ticket: UInt64
  /// The bytes of the request's body, which its handler has let go of.
  var requestBytes: Int
  var response: HTTPResponse?
}
