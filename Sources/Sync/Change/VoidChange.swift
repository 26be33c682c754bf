public import Crypto
import JSON

/// A change without its operations: it was refused, or erased, and only uses up its number.
public struct VoidChange: Hashable, Sendable {
  /// The replica that offers it.
  public let replica: ReplicaID
  /// The number that it uses up.
  public let n: Int64
  /// The record that it meant.
  public let record: RecordID
  /// The hash of the change that it stands for.
  public let hash: Digest
  /// The name that the change had first, if it was written again.
  public let was: ChangeName?

  /// A void from its parts.
  public init(replica: ReplicaID, n: Int64, record: RecordID, hash: Digest, was: ChangeName? = nil) {
    self.replica = replica
    self.n = n
    self.record = record
    self.hash = hash
    self.was = was
  }

  /// What the change that it stands for is called.
  public var name: ChangeName { was ?? ChangeName(replica: replica, n: n, hash: hash.prefix) }

  /// The void as it travels in a batch: `{"void":{…}}`.
  public var bytes: [UInt8] {
    var object: JSONObject = [
      "hash": .string(Text(hash.hex)), "n": .int(n), "record": .string(record.text), "replica": .string(replica.text),
    ]
    if let was { object["was"] = .string(was.text) }
    return JSON.object(["void": .object(object)]).canonical()
  }

  init(_ json: JSON) throws(ChangeError) {
    guard let object = json.object, let replica = object["replica"]?.text.flatMap({ ReplicaID($0) }),
      let n = object["n"]?.integer, (1...Limits.largestInteger).contains(n),
      let record = object["record"]?.text.flatMap({ RecordID($0) }),
      let hash = object["hash"]?.text.flatMap({ Digest(hex: $0.bytes) })
    else { throw ChangeError("a void does not name replica, n, record and hash") }
    var was: ChangeName?
    if let text = object["was"] {
      guard let name = text.text.flatMap({ ChangeName($0) }) else { throw ChangeError("'was' is not a change's name") }
      was = name
    }
    self.init(replica: replica, n: n, record: record, hash: hash, was: was)
  }
}
