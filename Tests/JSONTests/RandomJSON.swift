import JSON

/// Makes values that meet the corners of the format, and texts of them that no tidy writer would write.
struct RandomJSON {
  var generator: SplitMix64

  private static let pieces: [String] = [
    "a", "key", "id", "\"", "\\", "/", "\n", "\r\n", "\t", "\u{8}", "\u{c}", "\u{0}", "\u{1f}", "\u{7f}", "é",
    "e\u{301}",
    "ß", "\u{2028}", "中文", "ፊደል", "نص", "\u{FF61}", "😀", "👩‍👩‍👧", "\u{FFFF}", "\u{10FFFF}", "\u{FEFF}", " ",
    "longer plain text",
  ]
  private static let integers: [Int64] = [
    0, 1, -1, 9, 10, 42, 1 << 31, (1 << 53) - 1, -(1 << 53) + 1, 1 << 53, -(1 << 53), .max, .min,
  ]
  private static let numbers: [Text] = [
    "-0", "1.0", "1e3", "1E+3", "0.5e-7", "-0.0", "9223372036854775808", "-9223372036854775809",
    "123456789012345678901234567890",
  ]

  init(seed: UInt64) {
    generator = SplitMix64(seed: seed)
  }

  /// A value of limited depth.
  mutating func value(depth: Int = 4) -> JSON {
    switch generator.below(depth > 0 ? 9 : 6) {
    case 0: return .null
    case 1: return .bool(generator.chance(in: 2))
    case 2: return .int(RandomJSON.integers.randomElement(using: &generator) ?? 0)
    case 3:
      return generator.chance(in: 3)
        ? .number(RandomJSON.numbers.randomElement(using: &generator) ?? "-0") : 7
    case 4, 5: return .string(text())
    case 6: return .array((0..<generator.below(5)).map { _ in value(depth: depth - 1) })
    default: return .object(object(depth: depth - 1))
    }
  }

  /// A text of a few awkward pieces.
  mutating func text() -> Text {
    Text(
      (0..<generator.below(5)).map { _ in RandomJSON.pieces.randomElement(using: &generator) ?? "" }.joined())
  }

  private mutating func object(depth: Int) -> JSONObject {
    var object = JSONObject()
    let count = generator.chance(in: 20) ? 40 : generator.below(6)
    for _ in 0..<count { object[text()] = value(depth: depth) }
    return object
  }

  /// A text of the value with blanks, odd escapes and members in another order, each only now and then.
  mutating func looseText(of value: JSON, looseness: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    appendBlanks(to: &bytes, looseness)
    switch value {
    case .string(let text): append(text, to: &bytes, looseness)
    case .array(let elements):
      append(elements, brackets: ("[", "]"), to: &bytes) { $0.looseText(of: $1, looseness: looseness) }
    case .object(let object):
      append(object.members, brackets: ("{", "}"), to: &bytes) {
        var member: [UInt8] = []
        $0.appendBlanks(to: &member, looseness)
        $0.append($1.key, to: &member, looseness)
        $0.appendBlanks(to: &member, looseness)
        return member + Array(":".utf8) + $0.looseText(of: $1.value, looseness: looseness)
      }
    default: value.write(into: &bytes)
    }
    appendBlanks(to: &bytes, looseness)
    return bytes
  }

  private mutating func append<Item>(
    _ items: [Item], brackets: (String, String), to bytes: inout [UInt8],
    text: (inout RandomJSON, Item) -> [UInt8]
  ) {
    bytes += brackets.0.utf8
    for (index, item) in items.enumerated() {
      if index > 0 { bytes += ",".utf8 }
      bytes += text(&self, item)
    }
    bytes += brackets.1.utf8
  }

  private mutating func appendBlanks(to bytes: inout [UInt8], _ looseness: Int) {
    guard looseness > 0, generator.chance(in: looseness) else { return }
    bytes += [" ", "\n", "\r", "\t", "  \n  "].randomElement(using: &generator)?.utf8 ?? " ".utf8
  }

  private mutating func append(_ text: Text, to bytes: inout [UInt8], _ looseness: Int) {
    bytes += "\"".utf8
    for scalar in text.string.unicodeScalars {
      if looseness > 0, generator.chance(in: looseness) {
        bytes += looseEscape(of: scalar).utf8
      } else {
        bytes += JSON.string(Text(String(scalar))).write().dropFirst().dropLast()
      }
    }
    bytes += "\"".utf8
  }

  private mutating func looseEscape(of scalar: Unicode.Scalar) -> String {
    if scalar == "/" { return "\\/" }
    return String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: generator.chance(in: 2))
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}
