extension JSON {
  /// The value as JSON text for people: a line for each member and element, indented by two spaces, no line
  /// feed at the end.
  public func pretty() -> [UInt8] {
    var bytes: [UInt8] = []
    appendPretty(to: &bytes, level: 0)
    return bytes
  }

  private func appendPretty(to bytes: inout [UInt8], level: Int) {
    switch self {
    case .array(let elements) where !elements.isEmpty:
      bytes.append(Byte.openBracket)
      for (index, element) in elements.enumerated() {
        JSON.startLine(in: &bytes, level: level + 1, isFirst: index == 0)
        element.appendPretty(to: &bytes, level: level + 1)
      }
      JSON.endLines(in: &bytes, level: level, with: Byte.closeBracket)
    case .object(let object) where !object.isEmpty:
      bytes.append(Byte.openBrace)
      for (index, member) in object.members.enumerated() {
        JSON.startLine(in: &bytes, level: level + 1, isFirst: index == 0)
        Escape.appendQuoted(member.key.bytes.span, to: &bytes)
        bytes.append(contentsOf: ": ".utf8)
        member.value.appendPretty(to: &bytes, level: level + 1)
      }
      JSON.endLines(in: &bytes, level: level, with: Byte.closeBrace)
    default:
      write(into: &bytes)
    }
  }

  private static func startLine(in bytes: inout [UInt8], level: Int, isFirst: Bool) {
    if !isFirst { bytes.append(Byte.comma) }
    bytes.append(Byte.lineFeed)
    bytes.append(contentsOf: repeatElement(Byte.space, count: level * 2))
  }

  private static func endLines(in bytes: inout [UInt8], level: Int, with bracket: UInt8) {
    bytes.append(Byte.lineFeed)
    bytes.append(contentsOf: repeatElement(Byte.space, count: level * 2))
    bytes.append(bracket)
  }
}
