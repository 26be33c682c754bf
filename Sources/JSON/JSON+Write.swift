extension JSON {
  /// The value as compact JSON text, members in their order, with the shortest escapes.
  public func write() -> [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, sorted: false)
    return bytes
  }

  /// Appends what ``write()`` gives.
  public func write(into bytes: inout [UInt8]) {
    append(to: &bytes, sorted: false)
  }

  /// The value as canonical JSON text: as ``write()``, but with every object's members sorted by the bytes of
  /// the keys.
  ///
  /// Two values that differ only in the order of members give the same bytes. Only where
  /// ``isCanonicalizable`` holds is there one text per value; other numbers are written as they were spelled.
  public func canonical() -> [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes, sorted: true)
    return bytes
  }

  /// Appends what ``canonical()`` gives.
  public func writeCanonical(into bytes: inout [UInt8]) {
    append(to: &bytes, sorted: true)
  }

  /// Whether all numbers within are integers within ±(2^53 − 1), which every JSON library reads alike
  /// (RFC 8259 section 6).
  public var isCanonicalizable: Bool {
    switch self {
    case .null, .bool, .string: true
    case .int(let integer): JSON.interoperable.contains(integer)
    case .number: false
    case .array(let elements): elements.allSatisfy { $0.isCanonicalizable }
    case .object(let object): object.members.allSatisfy { $0.value.isCanonicalizable }
    }
  }

  /// The integers that survive a reader that holds numbers in binary64.
  static let interoperable: ClosedRange<Int64> = -(1 << 53) + 1...(1 << 53) - 1

  private func append(to bytes: inout [UInt8], sorted: Bool) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(true): bytes.append(contentsOf: "true".utf8)
    case .bool(false): bytes.append(contentsOf: "false".utf8)
    case .int(let integer): Decimal.append(integer, to: &bytes)
    case .number(let text): bytes.append(contentsOf: text.bytes)
    case .string(let text): Escape.appendQuoted(text.bytes.span, to: &bytes)
    case .array(let elements): JSON.append(elements, to: &bytes, sorted: sorted)
    case .object(let object):
      JSON.append(sorted ? object.membersByKey : object.members, to: &bytes, sorted: sorted)
    }
  }

  private static func append(_ elements: [JSON], to bytes: inout [UInt8], sorted: Bool) {
    bytes.append(Byte.openBracket)
    var isFirst = true
    for element in elements {
      if !isFirst { bytes.append(Byte.comma) }
      isFirst = false
      element.append(to: &bytes, sorted: sorted)
    }
    bytes.append(Byte.closeBracket)
  }

  private static func append(_ members: [JSONMember], to bytes: inout [UInt8], sorted: Bool) {
    bytes.append(Byte.openBrace)
    var isFirst = true
    for member in members {
      if !isFirst { bytes.append(Byte.comma) }
      isFirst = false
      Escape.appendQuoted(member.key.bytes.span, to: &bytes)
      bytes.append(Byte.colon)
      member.value.append(to: &bytes, sorted: sorted)
    }
    bytes.append(Byte.closeBrace)
  }
}

extension JSONObject {
  /// The members sorted by the bytes of their keys; those that are sorted already are not copied.
  fileprivate var membersByKey: [JSONMember] {
    for index in members.indices.dropFirst() where !(members[index - 1].key < members[index].key) {
      return members.sorted { $0.key < $1.key }
    }
    return members
  }
}
