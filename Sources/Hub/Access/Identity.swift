public import Sync

/// Who asks, as their token tells.
public enum Identity: Hashable, Sendable {
  /// A replica, bound to its member and its id.
  case replica(ReplicaID)
  /// The hub's administrator.
  case admin
}
