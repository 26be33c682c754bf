public import JSON

/// Where a value stands in a record: a field, and for keyed fields the key of one element.
public struct Path: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The field's name.
  public let field: Text
  /// The element's key: its own bytes for a set, target and role for a reference, random for a list's item.
  public let key: Text?

  /// A path from its parts.
  public init(_ field: Text, _ key: Text? = nil) {
    self.field = field
    self.key = key
  }

  /// The path of a plain field.
  public init(stringLiteral field: String) { self.init(Text(field)) }

  /// Whether a record lives: deletes and restores are written here.
  public static let life = Path("@life")

  /// The path that holds the position of a list's item; moving and editing do not conflict.
  public static func position(of field: Text, item: Text) -> Path {
    Path(Text(field.string + "@position"), item)
  }

  /// Whether this path holds an item's position.
  public var isPosition: Bool { field.bytes.ends(with: Self.positionSuffix) }

  /// The path for people: `areas/Mass Violence`.
  public var description: String { key.map { "\(field)/\($0)" } ?? field.string }

  /// Orders by field, then by key, a missing key first.
  public static func < (a: Path, b: Path) -> Bool {
    guard a.field == b.field else { return a.field < b.field }
    switch (a.key, b.key) {
    case (nil, nil), (_, nil): return false
    case (nil, _): return true
    case (let x?, let y?): return x < y
    }
  }

  static let positionSuffix = Array("@position".utf8)

  /// Whether the parts keep to the protocol's rules for names and keys.
  public var isWellFormed: Bool {
    if self == .life { return true }
    var name = field.bytes[...]
    if isPosition {
      guard key != nil else { return false }
      name = name.dropLast(Self.positionSuffix.count)
    }
    guard Self.isFieldName(name) else { return false }
    guard let key else { return true }
    return (1...Limits.keyBytes).contains(key.count) && key.bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }

  /// Whether a text can be the kind of a record: what a field's name can be.
  static func isKind(_ text: Text) -> Bool {
    text.count <= Limits.kindBytes && isFieldName(text.bytes[...])
  }

  private static func isFieldName(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard (1...Limits.fieldBytes).contains(bytes.count), let first = bytes.first, isLetter(first) else {
      return false
    }
    return bytes.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension [UInt8] {
  func ends(with suffix: [UInt8]) -> Bool { count >= suffix.count && self[(count - suffix.count)...] == suffix[...] }
}
