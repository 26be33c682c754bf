import JSON

/// The ways of reading a text beside `JSON.parse`, which must all agree with it.
enum Reading {
  /// Checks a text by skipping over it, and gives the range of its value.
  @discardableResult
  static func skipping(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> Range<Int> {
    var scanner = try JSONScanner(bytes, limits: limits)
    let range = try scanner.skip()
    try scanner.finish()
    return range
  }

  /// Builds a text's value by the scanner's smallest steps.
  @discardableResult
  static func pulling(_ bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) -> JSON {
    var scanner = try JSONScanner(bytes, limits: limits)
    let value = try pull(&scanner)
    try scanner.finish()
    return value
  }

  private static func pull(_ scanner: inout JSONScanner) throws(JSONError) -> JSON {
    switch try scanner.peek() {
    case UInt8(ascii: "{"):
      try scanner.beginObject()
      var members: [JSONMember] = []
      while let key = try scanner.nextKey() {
        members.append(JSONMember(key: key, value: try pull(&scanner)))
      }
      return .object(JSONObject(members))
    case UInt8(ascii: "["):
      try scanner.beginArray()
      var elements: [JSON] = []
      while try scanner.nextElement() { elements.append(try pull(&scanner)) }
      return .array(elements)
    default:
      return try scanner.value()
    }
  }
}
