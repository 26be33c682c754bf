public import JSON

/// Whether a record must have a field.
public enum Presence: Hashable, Sendable {
  /// It may be missing.
  case optional
  /// It must be given when the record is made, and cannot be cleared.
  case required
  /// It has this value until another is given, and cannot be cleared.
  case standard(JSON)
  /// The program that makes the record writes it, and it cannot be cleared.
  case made
}
