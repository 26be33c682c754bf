/// Whole values: as a tree, or only checked.
extension Reader {
  /// Takes the next value.
  mutating func value(_ bytes: Span<UInt8>) throws(JSONError) -> JSON {
    let first = try nextByte(bytes)
    switch first {
    case Byte.quote:
      return .string(try string(bytes).text(in: bytes))
    case Byte.openBrace:
      return .object(JSONObject(try members(bytes)))
    case Byte.openBracket:
      return .array(try elements(bytes))
    case Byte.minus, Byte.zero...Byte.nine:
      let number = try number(bytes)
      if let integer = number.integer { return .int(integer) }
      return .number(number.text(in: bytes))
    case UInt8(ascii: "t"):
      try literal(bytes, "true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try literal(bytes, "false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try literal(bytes, "null")
      return .null
    default:
      throw Reader.notAValue(first, at: position)
    }
  }

  private mutating func elements(_ bytes: Span<UInt8>) throws(JSONError) -> [JSON] {
    try descend()
    var elements: [JSON] = []
    while try nextElement(bytes, count: elements.count) {
      elements.append(try value(bytes))
    }
    return elements
  }

  private mutating func members(_ bytes: Span<UInt8>) throws(JSONError) -> [JSONMember] {
    var object = try descendIntoObject()
    var members: [JSONMember] = []
    while let key = try nextKey(bytes, &object) {
      if members.isEmpty { members.reserveCapacity(4) }
      members.append(JSONMember(key: recentKeys.text(of: key, in: bytes), value: try value(bytes)))
    }
    return members
  }

  /// Checks the next value exactly as `value` does, but builds nothing; gives its place.
  mutating func skip(_ bytes: Span<UInt8>) throws(JSONError) -> Range<Int> {
    let first = try nextByte(bytes)
    let start = position
    switch first {
    case Byte.quote: _ = try string(bytes)
    case Byte.openBrace: try skipMembers(bytes)
    case Byte.openBracket: try skipElements(bytes)
    case Byte.minus, Byte.zero...Byte.nine: _ = try number(bytes)
    case UInt8(ascii: "t"): try literal(bytes, "true")
    case UInt8(ascii: "f"): try literal(bytes, "false")
    case UInt8(ascii: "n"): try literal(bytes, "null")
    default: throw Reader.notAValue(first, at: position)
    }
    return start..<position
  }

  private mutating func skipElements(_ bytes: Span<UInt8>) throws(JSONError) {
    try descend()
    var count = 0
    while try nextElement(bytes, count: count) {
      _ = try skip(bytes)
      count += 1
    }
  }

  private mutating func skipMembers(_ bytes: Span<UInt8>) throws(JSONError) {
    var object = try descendIntoObject()
    while try nextKey(bytes, &object) != nil {
      _ = try skip(bytes)
    }
  }
}
