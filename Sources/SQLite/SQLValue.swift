/// A value on its way into or out of SQLite: four of the five storage classes.
///
/// There is no REAL: nothing that is stored, compared or hashed here is a floating-point number.
public enum SQLValue: Sendable {
  /// NULL.
  case null
  /// A 64-bit INTEGER.
  case integer(Int64)
  /// A TEXT; NUL characters inside it survive.
  case text(String)
  /// A BLOB; an empty one is a BLOB of length zero, not NULL.
  case bytes([UInt8])
}

extension SQLValue {
  /// An integer, or NULL for nil.
  public init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  /// An integer, or NULL for nil.
  public init(_ value: Int64?) { self = value.map(SQLValue.integer) ?? .null }
  /// A text, or NULL for nil.
  public init(_ value: String?) { self = value.map(SQLValue.text) ?? .null }
  /// A blob, or NULL for nil.
  public init(_ value: [UInt8]?) { self = value.map(SQLValue.bytes) ?? .null }
  /// SQLite's booleans: 1 for true, 0 for false, NULL for nil.
  public init(_ value: Bool?) { self = value.map { .integer($0 ? 1 : 0) } ?? .null }
}

extension SQLValue: Equatable {
  /// Compares as SQLite does: texts byte by byte, where Swift would take two spellings of "é" for equal.
  public static func == (one: SQLValue, other: SQLValue) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.integer(let one), .integer(let other)): one == other
    case (.text(let one), .text(let other)): one.utf8.elementsEqual(other.utf8)
    case (.bytes(let one), .bytes(let other)): one == other
    default: false
    }
  }
}

extension SQLValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
  /// Makes an integer from a literal.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// Makes a text from a literal.
  public init(stringLiteral value: String) { self = .text(value) }
  /// Makes NULL from `nil`.
  public init(nilLiteral: ()) { self = .null }
}
