/// A key and its value in an object.
public struct JSONMember: Hashable, Sendable {
  /// The member's name.
  public var key: Text
  /// The member's value.
  public var value: JSON

  /// Makes a member.
  public init(key: Text, value: JSON) {
    self.key = key
    self.value = value
  }
}
