public import Crypto
import Sync

/// One row of the log.
public struct LogRow: Sendable {
  /// What became of the change, as it is stored.
  public enum Fate: Int64, Sendable {
    /// Written here, not yet accepted by a hub.
    case pending = 0
    /// In the hub's log.
    case applied = 1
    /// Refused for good; the verdict tells why.
    case rejected = 2
    /// Came without operations.
    case void = 3
    /// Its record was erased.
    case erased = 4
    /// Its name was held already under another dot.
    case duplicate = 5
    /// A mark that the log was restored from a backup, or that a record was erased in that; no change at all.
    case marker = 6
    /// Refused or erased before, and to be offered again without its operations.
    case pendingVoid = 7
  }

  /// The row's place; at a hub this is the seq.
  public var pos: Int64
  /// At a replica: the hub's seq, where known.
  public var seq: Int64?
  /// The number of the replica (``ReplicaNames``).
  public var replica: Int64
  /// Whether its dot was given up (``LogTable/retire(_:)``).
  public var isRetired: Bool { replica < 0 }
  /// The number that stands for no replica, in a marker's row; its `n` is its place.
  public static let noReplica: Int64 = 0
  /// The change's number at that replica.
  public var n: Int64
  /// `record.num`, 0 for none.
  public var record: Int64
  /// The row before of the same record, 0 for none.
  public var prev: Int64
  /// The hub's clock at acceptance, in milliseconds; 0 while unknown.
  public var time: Int64
  /// The hash of the change.
  public var hash: Digest
  /// The first eight bytes of the chain here.
  public var chain: UInt64
  /// What became of it.
  public var fate: Fate
  /// Whether it is sent as the record's state for ever.
  public var travelsAsState: Bool
  /// Whether it is the replica's own and the base does not hold it.
  public var isOutside: Bool

  /// A row from its parts.
  public init(
    pos: Int64, seq: Int64? = nil, replica: Int64, n: Int64, record: Int64, prev: Int64, time: Int64, hash: Digest,
    chain: UInt64 = 0, fate: Fate, travelsAsState: Bool = false, isOutside: Bool = false
  ) {
    self.pos = pos
    self.seq = seq
    self.replica = replica
    self.n = n
    self.record = record
    self.prev = prev
    self.time = time
    self.hash = hash
    self.chain = chain
    self.fate = fate
    self.travelsAsState = travelsAsState
    self.isOutside = isOutside
  }

  var flags: Int64 { (travelsAsState ? 1 : 0) | (isOutside ? 2 : 0) }
}
