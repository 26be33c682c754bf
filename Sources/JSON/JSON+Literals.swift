extension JSON: ExpressibleByNilLiteral {
  /// Makes `null`; where an optional is expected, `nil` still means no value at all.
  public init(nilLiteral: ()) {
    self = .null
  }
}

extension JSON: ExpressibleByBooleanLiteral {
  /// Makes `true` or `false`.
  public init(booleanLiteral value: Bool) {
    self = .bool(value)
  }
}

extension JSON: ExpressibleByIntegerLiteral {
  /// Makes an integer.
  public init(integerLiteral value: Int64) {
    self = .int(value)
  }
}

extension JSON: ExpressibleByStringLiteral {
  /// Makes a string.
  public init(stringLiteral value: String) {
    self = .string(Text(value))
  }
}

extension JSON: ExpressibleByArrayLiteral {
  /// Makes an array.
  public init(arrayLiteral elements: JSON...) {
    self = .array(elements)
  }
}

extension JSON: ExpressibleByDictionaryLiteral {
  /// Makes an object that keeps the order of the literal.
  public init(dictionaryLiteral members: (Text, JSON)...) {
    self = .object(JSONObject(members.map { JSONMember(key: $0.0, value: $0.1) }))
  }
}
