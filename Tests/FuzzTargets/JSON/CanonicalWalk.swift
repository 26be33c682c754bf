import JSON

/// Builds a canonical text's value by the smallest steps of `CanonicalReader`.
enum CanonicalWalk {
  /// The value of a text, or nothing if the reader does not take it or does not come to its end.
  static func value(_ bytes: [UInt8]) -> JSON? {
    guard var reader = CanonicalReader(bytes) else { return nil }
    return value(&reader)
  }

  /// The value of all that a reader has.
  static func value(_ reader: inout CanonicalReader) -> JSON? {
    guard let value = next(&reader), reader.isAtEnd else { return nil }
    return value
  }

  private static func next(_ reader: inout CanonicalReader) -> JSON? {
    if reader.take("[") { return elements(&reader).map { .array($0) } }
    if reader.take("{") { return members(&reader).map { .object(JSONObject($0)) } }
    if let place = reader.plainString() { return .string(reader.text(place)) }
    if let integer = reader.integer() { return .int(integer) }
    return reader.value()
  }

  private static func elements(_ reader: inout CanonicalReader) -> [JSON]? {
    if reader.take("]") { return [] }
    var elements: [JSON] = []
    repeat {
      guard let element = next(&reader) else { return nil }
      elements.append(element)
    } while reader.take(",")
    return reader.take("]") ? elements : nil
  }

  private static func members(_ reader: inout CanonicalReader) -> [JSONMember]? {
    if reader.take("}") { return [] }
    var members: [JSONMember] = []
    repeat {
      guard let key = reader.value()?.text, reader.take(":"), let value = next(&reader) else { return nil }
      members.append(JSONMember(key: key, value: value))
    } while reader.take(",")
    return reader.take("}") ? members : nil
  }
}
