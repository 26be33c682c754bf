public import JSON
public import Sync

/// The key of a reference: the target's UUID, then `/` and the role if there is one.
public struct ReferenceKey: Hashable, Sendable {
  /// The record that is meant; it need not exist here.
  public let target: RecordID
  /// The role in which it is meant.
  public let role: Text?

  /// A key from its parts.
  public init(target: RecordID, role: Text?) {
    self.target = target
    self.role = role
  }

  /// Reads a key; `nil` if it does not begin with a UUID in small letters, or its role is empty.
  public init?(_ key: Text) {
    guard let target = Text(validating: key.bytes.prefix(36)).flatMap({ RecordID($0) }) else { return nil }
    guard key.count > 36 else {
      self.init(target: target, role: nil)
      return
    }
    guard key.bytes[36] == UInt8(ascii: "/"), key.count > 37, let role = Text(validating: key.bytes[37...])
    else {
      return nil
    }
    self.init(target: target, role: role)
  }

  /// The key as it stands in a path.
  public var text: Text { role.map { Text("\(target)/\($0)") } ?? target.text }

  /// Whether a text is the UUID of a record.
  static func isTarget(_ text: Text) -> Bool { RecordID(text) != nil }
}
