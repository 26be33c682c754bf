public import JSON

/// What a change says besides its operations.
public struct ChangeEnvelope: Hashable, Sendable {
  /// The writer's clock, in milliseconds since 1970.
  public let at: Int64
  /// The kind of the record.
  public let kind: Text
  /// The replica that writes.
  public let replica: ReplicaID
  /// The change's number at that replica.
  public let n: Int64
  /// The record.
  public let record: RecordID
  /// The name that a change written again had first.
  public let was: ChangeName?

  /// An envelope from its parts.
  public init(at: Int64, kind: Text, replica: ReplicaID, n: Int64, record: RecordID, was: ChangeName? = nil) {
    self.at = at
    self.kind = kind
    self.replica = replica
    self.n = n
    self.record = record
    self.was = was
  }

  /// Names that are the hub's to set; a sender that sets them is refused, not silently overruled.
  package static let reserved: Set<Text> = [
    "acked", "chain", "erased", "fate", "hash", "hub", "hub_seq", "member", "received", "role", "seq", "time", "token",
  ]

  /// The canonical bytes of a change with this envelope.
  func canonicalBytes(_ operations: [Operation]) -> [UInt8] {
    var object: JSONObject = [
      "at": .int(at), "kind": .string(kind), "n": .int(n), "ops": .array(operations.map(\.json)),
      "record": .string(record.text), "replica": .string(replica.text),
    ]
    if let was { object["was"] = .string(was.text) }
    return JSON.object(object).canonical()
  }
}
