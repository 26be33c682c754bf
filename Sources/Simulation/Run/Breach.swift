/// A promise that was broken in a world.
public struct Breach: Hashable, Sendable {
  /// A short name for the kind, which stays the same: reducing a plan keeps to it.
  public let name: String
  /// What was found.
  public let detail: String
}
