public import Crypto
public import JSON

/// What one replica did to one record at one moment: immutable, at its dot (replica, n), known by its name.
///
/// ## Topics
/// - Reading what was sent: ``Submission``
/// - Making one: ``ChangeDraft``
/// - What it does to a record: ``RecordState/apply(_:time:holds:)``
public struct Change: Hashable, Sendable {
  /// The writer's clock, in milliseconds since 1970; decides nothing but what is displayed first.
  public let at: Int64
  /// The kind of the record (`event`, `contact`, `publication`, or one that this version does not know).
  public let kind: Text
  /// The replica that wrote it.
  public let replica: ReplicaID
  /// Its number at that replica: 1, 2, 3 … without holes.
  public let n: Int64
  /// The record that it changes.
  public let record: RecordID
  /// What it does; no path occurs twice.
  public let operations: [Operation]
  /// The canonical bytes: what is stored, hashed and passed on.
  public let bytes: [UInt8]
  /// SHA-256 of the canonical bytes.
  public let hash: Digest
  /// What the change is called for ever.
  public let name: ChangeName

  init(envelope: ChangeEnvelope, operations: [Operation], bytes: [UInt8], hash: Digest) {
    at = envelope.at
    kind = envelope.kind
    replica = envelope.replica
    n = envelope.n
    record = envelope.record
    self.operations = operations
    self.bytes = bytes
    self.hash = hash
    name = envelope.was ?? ChangeName(replica: envelope.replica, n: envelope.n, hash: hash.prefix)
  }

  /// Reads a stored or received change; anything that could not be submitted to a hub is refused.
  public init(bytes: [UInt8]) throws(ChangeError) {
    switch try Submission(bytes: bytes[...]) {
    case .change(let change): self = change
    case .refused(let refused): throw ChangeError("change \(refused.n) is not valid: \(refused.rejection.detail)")
    case .void: throw ChangeError("a void stands where a change was expected")
    }
  }

  /// Whether it was written again under a new dot, and is named by its first.
  public var isRewritten: Bool { name.replica != replica || name.n != n }
}
