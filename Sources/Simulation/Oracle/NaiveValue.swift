/// A JSON value under the protocol's number rule, and its canonical bytes (Protocol, 3.3).
indirect enum NaiveValue: Hashable {
  case null
  case bool(Bool)
  case number(Int64)
  case text([UInt8])
  case list([NaiveValue])
  case object([NaiveMember])

  /// A member of an object; nil if this is no object or has no such member.
  subscript(_ key: StaticString) -> NaiveValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { key.isEqual($0.key) }?.value
  }

  /// The text, if it is one.
  var asText: [UInt8]? {
    guard case .text(let bytes) = self else { return nil }
    return bytes
  }

  /// The number, if it is one.
  var asNumber: Int64? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  /// The items, if it is a list.
  var asList: [NaiveValue]? {
    guard case .list(let items) = self else { return nil }
    return items
  }

  /// The members, if it is an object.
  var asObject: [NaiveMember]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// Its canonical bytes.
  var canonical: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  /// Appends its canonical bytes.
  func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append("null")
    case .bool(let flag): bytes.append(flag ? "true" : "false")
    case .number(let number): bytes.append(contentsOf: String(number).utf8)
    case .text(let text): Self.write(text, to: &bytes)
    case .list(let items):
      bytes.append("[")
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(",") }
        item.write(to: &bytes)
      }
      bytes.append("]")
    case .object(let members):
      bytes.append("{")
      let sorted = members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      for (index, member) in sorted.enumerated() {
        if index > 0 { bytes.append(",") }
        Self.write(member.key, to: &bytes)
        bytes.append(":")
        member.value.write(to: &bytes)
      }
      bytes.append("}")
    }
  }

  private static func write(_ text: [UInt8], to bytes: inout [UInt8]) {
    bytes.append("\"")
    for byte in text {
      switch byte {
      case 0x22: bytes.append("\\\"")
      case 0x5C: bytes.append("\\\\")
      case 0x08: bytes.append("\\b")
      case 0x09: bytes.append("\\t")
      case 0x0A: bytes.append("\\n")
      case 0x0C: bytes.append("\\f")
      case 0x0D: bytes.append("\\r")
      case 0..<0x20:
        bytes.append(byte < 0x10 ? "\\u000" : "\\u001")
        bytes.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append("\"")
  }
}

extension [UInt8] {
  /// Appends an ASCII literal.
  mutating func append(_ literal: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// The bytes as a text for people.
  var shown: String { String(decoding: self, as: UTF8.self) }
}

extension StaticString {
  /// Whether these are the same bytes.
  func isEqual(_ bytes: [UInt8]) -> Bool {
    guard utf8CodeUnitCount == bytes.count else { return false }
    return UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount).elementsEqual(bytes)
  }
}
