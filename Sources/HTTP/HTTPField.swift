/// One field line of a message (RFC 9110 §5).
public struct HTTPField: Sendable, Equatable {
  /// The name as it was sent; compare it without regard to the case of ASCII letters.
  public var name: String
  /// The value as it was sent, without the blanks around it; bytes over 0x7F have no fixed meaning.
  public var value: [UInt8]

  /// A field of a name and the bytes of its value.
  public init(name: String, value: [UInt8]) {
    self.name = name
    self.value = value
  }

  /// A field of a name and a text.
  public init(_ name: String, _ text: String) { self.init(name: name, value: Array(text.utf8)) }

  /// The value as text; bytes that are not UTF-8 come out as U+FFFD.
  public var text: String { String(decoding: value, as: UTF8.self) }
}
