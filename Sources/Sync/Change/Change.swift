public import Crypto
public import JSON

/// What one replica did to one record at one moment: immutable, at its dot (replica, n), known by its name.
///
/// ## Topics
/// - Reading what was sent: ``Submission``
/// - Making one: ``ChangeDraft``
/// - What it does to a record: ``RecordState/apply(_:time:holds:)``
public struct Change: Sendable {
  /// All of it, held once: a change is handed on many times, and each copy should count one reference.
  private let content: Content

  private final class Content: Sendable {
    let envelope: ChangeEnvelope
    let operations: [Operation]
    let bytes: [UInt8]
    let hash: Digest
    let name: ChangeName

    init(_ envelope: ChangeEnvelope, _ operations: [Operation], _ bytes: [UInt8], _ hash: Digest) {
      self.envelope = envelope
      self.operations = operations
      self.bytes = bytes
      self.hash = hash
      name = envelope.was ?? ChangeName(replica: envelope.replica, n: envelope.n, hash: hash.prefix)
    }
  }

  /// The writer's clock, in milliseconds since 1970; decides nothing but what is displayed first.
  public var at: Int64 { content.envelope.at }
  /// The kind of the record (`event`, `contact`, `publication`, or one that this version does not know).
  public var kind: Text { content.envelope.kind }
  /// The replica that wrote it.
  public var replica: ReplicaID { content.envelope.replica }
  /// Its number at that replica: 1, 2, 3 … without holes.
  public var n: Int64 { content.envelope.n }
  /// The record that it changes.
  public var record: RecordID { content.envelope.record }
  /// What it does; no path occurs twice.
  public var operations: [Operation] { content.operations }
  /// The canonical bytes: what is stored, hashed and passed on.
  public var bytes: [UInt8] { content.bytes }
  /// SHA-256 of the canonical bytes.
  public var hash: Digest { content.hash }
  /// What the change is called for ever.
  public var name: ChangeName { content.name }

  init(envelope: ChangeEnvelope, operations: [Operation], bytes: [UInt8], hash: Digest) {
    content = Content(envelope, operations, bytes, hash)
  }

  /// Reads a stored or received change; anything that could not be submitted to a hub is refused.
  public init(bytes: [UInt8]) throws(ChangeError) {
    switch try Submission(bytes: bytes[...]) {
    case .change(let change): self = change
    case .refused(let refused):
      throw ChangeError(
        "change \(refused.n) is not valid: \(refused.rejection.detail)", rejection: refused.rejection)
    case .void: throw ChangeError("a void stands where a change was expected")
    }
  }

  /// Whether it was written again under a new dot, and is named by its first.
  public var isRewritten: Bool { name.replica != replica || name.n != n }
}

extension Change: Hashable {
  /// The bytes say all there is: everything else is read from them.
  public static func == (a: Change, b: Change) -> Bool { a.bytes == b.bytes }

  /// Feeds the hash of the bytes to a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
