/// One token in a list: everything about it but itself.
public struct TokenLine: Sendable {
  /// What it is called by in commands; says nothing about the token.
  public let id: String
  /// What it is good for.
  public let role: String
  /// What the administrator wrote beside it.
  public let label: String?
  /// The replica, or the id under which the hub writes for an integrator.
  public let replica: String?
  /// When it was made, in milliseconds.
  public let created: Int64
  /// When it was taken back, in milliseconds.
  public let revoked: Int64?
}
