/// What shutting a replica out has done.
public struct Revocation: Sendable, Equatable {
  /// Whose tokens open nothing any more: the replica, and all whose ids came from it, however far.
  public let replicas: [String]
  /// The ids from which it came whose tokens still open: another copy of the file may be using them.
  public let former: [String]
}
