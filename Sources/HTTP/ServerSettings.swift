/// What all connections of one server have in common.
public final class ServerSettings: Sendable {
  /// The limits of every connection.
  public let limits: HTTPLimits

  /// Asked with the head of every sound request before its body is read; an answer refuses the request.
  ///
  /// That is how 401, 405 or 413 are told to somebody who is about to send 8 MiB. A short body is read and
  /// thrown away to keep the connection; for a long one the answer comes at once and ends it.
  public let precheck: (@Sendable (HTTPRequest) -> HTTPResponse?)?

  /// Asked with the head of a request that the check lets pass how long its body may be, and where a long one goes.
  ///
  /// Its limit takes the place of ``HTTPLimits/body``; a short body is held in memory all the same.
  public let allowance: (@Sendable (HTTPRequest) -> BodyAllowance)?

  /// Told of each answer to a message that could not be read; what it gives back is sent instead.
  public let onFault: (@Sendable (HTTPResponse) -> HTTPResponse)?

  /// Settings of these limits and these questions.
  public init(
    limits: HTTPLimits = HTTPLimits(), precheck: (@Sendable (HTTPRequest) -> HTTPResponse?)? = nil,
    allowance: (@Sendable (HTTPRequest) -> BodyAllowance)? = nil,
    onFault: (@Sendable (HTTPResponse) -> HTTPResponse)? = nil
  ) {
    self.limits = limits
    self.precheck = precheck
    self.allowance = allowance
    self.onFault = onFault
  }
}
