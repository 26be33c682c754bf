public import Crypto
public import JSON

/// What every sync request opens with, so that the hub can tell a changed history or a forked replica before it
/// does anything.
public struct Handshake: Hashable, Sendable {
  /// The replica that asks.
  public let replica: ReplicaID
  /// How far it has read; `nil` at the beginning.
  public let cursor: Cursor?
  /// The furthest point of the hub's log that it was ever told of.
  public let furthest: Cursor?
  /// The number of its last own change.
  public let ownLast: Int64
  /// Its last own change that the hub acknowledged.
  public let acknowledged: OwnPoint

  /// A handshake from its parts.
  public init(replica: ReplicaID, cursor: Cursor?, furthest: Cursor?, ownLast: Int64, acknowledged: OwnPoint) {
    self.replica = replica
    self.cursor = cursor
    self.furthest = furthest
    self.ownLast = ownLast
    self.acknowledged = acknowledged
  }

  /// What a hub finds in a handshake.
  public enum Finding: Hashable, Sendable {
    /// Go on.
    case agreed
    /// A point that the hub does not have, or has with another chain, or fewer own changes than it acknowledged.
    case historyChanged
    /// More changes of this replica than it has itself, or the same number with another hash.
    case forked
  }

  /// Compares a handshake with what the hub holds.
  ///
  /// - Parameters:
  ///   - hub: the hub's id.
  ///   - head: the last seq of its log.
  ///   - chain: the first bytes of the chain at a seq of the log.
  ///   - held: the last change of this replica that the hub holds.
  ///   - hash: the hash of one of this replica's changes that the hub holds.
  public func compare(
    hub: Text, head: Int64, chain: (Int64) throws -> UInt64?, held: Int64, hash: (Int64) throws -> Digest?
  ) rethrows -> Finding {
    for point in [cursor, furthest].compactMap({ $0 }) {
      guard point.hub == hub, point.seq <= head, try chain(point.seq) == point.chain else { return .historyChanged }
    }
    if held < acknowledged.n { return .historyChanged }
    if acknowledged.n > 0, try hash(acknowledged.n) != acknowledged.hash { return .forked }
    return held > ownLast ? .forked : .agreed
  }
}
