public import Sync

/// Who asks, as their token tells.
public enum Identity: Hashable, Sendable {
  /// A replica, bound to its member and its id.
  case replica(ReplicaID)
  /// Another system, bound to a member; the id is the one under which the hub writes for it.
  case integrator(ReplicaID)
  /// Somebody who only reads.
  case reader
  /// The hub's administrator.
  case admin

  /// The role.
  public var role: Role {
    switch self {
    case .replica: .replica
    case .integrator: .integrator
    case .reader: .reader
    case .admin: .admin
    }
  }
}
