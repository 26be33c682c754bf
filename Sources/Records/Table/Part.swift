public import JSON

/// One part of a value that is an object, such as the `country` of a `place`.
public struct Part: Hashable, Sendable {
  /// The member's name.
  public let name: Text
  /// What the member holds.
  public let type: ValueType
  /// Whether the value is not valid without it.
  public let isRequired: Bool

  /// A part that may be missing, unless said otherwise.
  init(_ name: Text, _ type: ValueType, isRequired: Bool = false) {
    self.name = name
    self.type = type
    self.isRequired = isRequired
  }
}
