/// How long the body of one request may be, and where it goes if it is too long for memory.
public struct BodyAllowance: Sendable {
  /// The most bytes after decoding; more is 413 (RFC 9110 §15.5.14).
  public var limit: Int
  /// Where a long body goes; `nil` if it is held in memory, whatever its length.
  public var spool: (any SpooledBody)?

  /// An allowance of these parts.
  public init(limit: Int, spool: (any SpooledBody)? = nil) {
    self.limit = limit
    self.spool = spool
  }
}
