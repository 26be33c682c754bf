public import JSON

/// What the values of a conflict were made from.
public enum CommonValue: Hashable, Sendable {
  /// This value, which each of them replaced.
  case value(JSON)
  /// Nothing stood there before any of them was written.
  case nothing
  /// This replica does not know, or knows no more: what came as a whole record has no history here.
  case unknown
}
