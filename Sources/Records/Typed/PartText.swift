import JSON

/// Objects of parts as people type them: `City Hall; locality=Stockholm; country=SE`.
///
/// The first part needs no name in front. A semicolon or backslash within a part has a backslash before it.
struct PartText {
  let parts: [Part]

  /// Reads an object; an empty part is left out.
  func parse(_ text: Text) throws(Violation) -> JSONObject {
    var found: [Text: Text] = [:]
    for (index, segment) in try segments(text.bytes).enumerated() {
      let label = label(of: segment[...])
      // A text that begins with no part's name is the first part; later segments always have one.
      let name = label?.part.name ?? (index == 0 ? parts[0].name : "")
      guard found[name] == nil else { throw Violation(rule: "given once", part: name.string) }
      let value = TypedText.text(TypedText.trimmed(unescaped(segment[(label?.end ?? 0)...])[...]))
      if !value.isEmpty { found[name] = value }
    }
    try takeShorthand(from: &found, text)
    var object = JSONObject()
    for part in parts {
      if let value = found[part.name] { object[part.name] = try Self.value(value, part) }
    }
    return object
  }

  /// The text for an object; members that are no parts follow in the same way.
  func describe(_ object: JSONObject) -> String {
    if let short = shorthand(object) { return short }
    var segments: [String] = []
    for part in parts {
      guard let value = object[part.name] else { continue }
      let text = Self.escaped(value)
      segments.append(
        segments.isEmpty && part == parts.first && isClear(text) ? text : "\(part.name)=\(text)")
    }
    for member in object where !parts.contains(where: { $0.name == member.key }) {
      segments.append("\(member.key)=\(Self.escaped(member.value))")
    }
    return segments.joined(separator: "; ")
  }

  // MARK: - Dividing

  /// Divides at semicolons before a part's name; any other semicolon belongs to the text.
  private func segments(_ bytes: [UInt8]) throws(Violation) -> [[UInt8]] {
    var segments: [[UInt8]] = [[]]
    var isEscaped = false
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: ";"), !isEscaped, try beginsPart(bytes[(index + 1)...]) {
        segments.append([])
      } else {
        segments[segments.count - 1].append(byte)
      }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return segments
  }

  /// Whether a part begins here; a blank and a word with `=` that is no part is taken for a mistake.
  private func beginsPart(_ bytes: ArraySlice<UInt8>) throws(Violation) -> Bool {
    if label(of: bytes) != nil { return true }
    let word = bytes.drop { $0 == 0x20 }.prefix { Letters.isLetter($0) }
    guard bytes.first == 0x20, !word.isEmpty, word.endIndex < bytes.endIndex, bytes[word.endIndex] == equals
    else {
      return TypedText.trimmed(bytes).isEmpty
    }
    throw Violation(rule: "given with the parts " + parts.map { "'\($0.name)'" }.joined(separator: ", "))
  }

  /// The part whose name and `=` bytes begin with, and where its value begins.
  private func label(of bytes: ArraySlice<UInt8>) -> (part: Part, end: Int)? {
    let rest = bytes.drop { $0 == 0x20 }
    let word = rest.prefix { Letters.isLetter($0) }
    guard word.endIndex < bytes.endIndex, bytes[word.endIndex] == equals,
      let part = parts.first(where: { $0.name.bytes[...] == word })
    else { return nil }
    return (part, word.endIndex + 1)
  }

  private let equals = UInt8(ascii: "=")

  private func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if isEscaped, byte == UInt8(ascii: ";") || byte == UInt8(ascii: "\\") { result.removeLast() }
      result.append(byte)
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
    }
    return result
  }

  private static func escaped(_ value: JSON) -> String {
    var text = ""
    for scalar in (value.text?.string ?? value.description).unicodeScalars {
      if scalar == ";" || scalar == "\\" { text.unicodeScalars.append("\\") }
      text.unicodeScalars.append(scalar)
    }
    return text
  }

  private static func value(_ text: Text, _ part: Part) throws(Violation) -> JSON {
    switch part.type {
    case .integer:
      guard let integer = Int64(text.string) else {
        throw Violation(rule: part.type.requirement, part: part.name.string)
      }
      return .int(integer)
    case .country: return .string(Text(text.string.uppercased()))
    default: return .string(text)
    }
  }

  // MARK: - A type after the first part

  /// Whether elements may end in a bare word for their type: `ana@example.org work`.
  private var hasShorthand: Bool { parts.contains { $0.name == "type" } }

  private func takeShorthand(from found: inout [Text: Text], _ text: Text) throws(Violation) {
    guard hasShorthand, found["type"] == nil, let main = found[parts[0].name],
      label(of: text.bytes[...]) == nil,
      let (front, word) = Self.lastWord(main)
    else { return }
    found[parts[0].name] = front
    found["type"] = word
  }

  private func shorthand(_ object: JSONObject) -> String? {
    guard hasShorthand, object.count == 2, let main = object[parts[0].name]?.text,
      let type = object["type"]?.text,
      type.bytes.allSatisfy(Self.isTypeByte), !type.isEmpty
    else { return nil }
    let front = Self.escaped(.string(main))
    return isClear(front, alone: false) ? "\(front) \(type)" : nil
  }

  /// Whether a first part reads as itself without its name in front.
  private func isClear(_ text: String, alone: Bool = true) -> Bool {
    let bytes = Array(text.utf8)
    return label(of: bytes[...]) == nil && !(alone && hasShorthand && Self.lastWord(Text(text)) != nil)
  }

  private static func lastWord(_ text: Text) -> (Text, Text)? {
    guard let blank = text.bytes.lastIndex(of: 0x20) else { return nil }
    let word = text.bytes[(blank + 1)...]
    let front = TypedText.trimmed(text.bytes[..<blank])
    guard !word.isEmpty, word.allSatisfy(isTypeByte), !front.isEmpty else { return nil }
    return (TypedText.text(front), TypedText.text(word))
  }

  private static func isTypeByte(_ byte: UInt8) -> Bool { Letters.isLetter(byte) }
}
