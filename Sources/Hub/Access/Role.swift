/// What a token is good for.
public enum Role: String, CaseIterable, Sendable {
  /// One replica, which writes under its own id and reads.
  case replica
  /// Another system of a member, which writes plain records and reads.
  case integrator
  /// Somebody who only reads.
  case reader
  /// The hub's administrator.
  case admin

  /// How a sentence names it after "a".
  var article: String { self == .integrator || self == .admin ? "n \(rawValue)" : " \(rawValue)" }
}
