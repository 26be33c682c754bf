public import Crypto

/// A change that can never be accepted, as far as it could be read.
public struct RefusedChange: Hashable, Sendable {
  /// The replica that offers it.
  public let replica: ReplicaID
  /// The number that it uses up.
  public let n: Int64
  /// The record that it meant.
  public let record: RecordID
  /// SHA-256 of its canonical bytes.
  public let hash: Digest
  /// The name that it had first, if it was written again.
  public let was: ChangeName?
  /// Why it is refused.
  public let rejection: Rejection

  /// What the change is called.
  public var name: ChangeName { was ?? ChangeName(replica: replica, n: n, hash: hash.prefix) }
}
