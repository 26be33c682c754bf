public import Crypto

/// The hashes of all tokens at one moment, for a look at a request before its body is read.
public struct TokenSnapshot: Sendable {
  /// Those that open something.
  public var valid: Set<Digest> = []
  /// Whose those are, for the log.
  public var identities: [Digest: Identity] = [:]
  /// Those that were taken back.
  public var revoked: Set<Digest> = []

  /// No tokens at all.
  public init() {}
}
