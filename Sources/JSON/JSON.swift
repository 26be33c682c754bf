/// A JSON value (RFC 8259) that can be written back as it came.
///
/// Members keep their order, text keeps its bytes, and a number that is not an `Int64` keeps its spelling.
/// Start with ``parse(_:limits:)-([UInt8],_)`` and ``write()``; ``canonical()`` gives the bytes to hash and
/// to compare.
public enum JSON: Hashable, Sendable {
  /// The literal `null`.
  case null
  /// The literals `true` and `false`.
  case bool(Bool)
  /// A number without fraction and exponent that fits.
  case int(Int64)
  /// Any other number, as it was spelled: fractions, exponents, integers beyond `Int64`, and `-0`.
  ///
  /// Two spellings of one number are two values here. The text is written as it is and must be a JSON number.
  case number(Text)
  /// A string, its escapes resolved.
  case string(Text)
  /// An array.
  case array([JSON])
  /// An object, its members in the order in which they came.
  case object(JSONObject)

  /// The text of a string.
  public var text: Text? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The value of a number that is an `Int64` without fraction and exponent.
  public var integer: Int64? {
    if case .int(let integer) = self { integer } else { nil }
  }

  /// The value of `true` and `false`.
  public var boolean: Bool? {
    if case .bool(let boolean) = self { boolean } else { nil }
  }

  /// The elements of an array.
  public var array: [JSON]? {
    if case .array(let array) = self { array } else { nil }
  }

  /// The members of an object.
  public var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// Whether this is the literal `null`.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The value of an object's member; nothing if this is no object or has no such member.
  public subscript(_ key: Text) -> JSON? {
    if case .object(let object) = self { object[key] } else { nil }
  }
}

extension JSON: CustomStringConvertible {
  /// The value as compact JSON text.
  public var description: String {
    String(decoding: write(), as: UTF8.self)
  }
}
