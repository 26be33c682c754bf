public import JSON

/// A request that a session wants to be sent to the hub.
public struct HubCall: Hashable, Sendable {
  /// `GET` or `POST`.
  public let method: String
  /// The path and query.
  public let path: String
  /// The bearer token, if the call needs one.
  public let token: Text?
  /// The JSON body of a POST.
  public let body: [UInt8]

  /// A call from its parts.
  public init(method: String, path: String, token: Text?, body: [UInt8] = []) {
    self.method = method
    self.path = path
    self.token = token
    self.body = body
  }
}

/// What came back, whatever it is.
public struct HubReply: Sendable {
  /// The HTTP status.
  public let status: Int
  /// The media type, in lower case and without parameters.
  public let mediaType: String
  /// Seconds that the hub asked to wait, if it did.
  public let retryAfterSeconds: Int?
  /// The body.
  public let body: [UInt8]

  /// A reply from its parts.
  public init(status: Int, mediaType: String, retryAfterSeconds: Int? = nil, body: [UInt8]) {
    self.status = status
    self.mediaType = mediaType
    self.retryAfterSeconds = retryAfterSeconds
    self.body = body
  }
}
