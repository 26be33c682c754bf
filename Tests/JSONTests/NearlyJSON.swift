import JSON

/// Makes texts that are JSON or nearly so: values with something wrong in them, then bytes disturbed.
struct NearlyJSON {
  var random: RandomJSON

  private static let oddTokens: [Text] = [
    "", "01", "-01", "00", "+1", ".5", "-.5", "1.", "1.e1", "1e", "1e+", "-", "--1", "0x1", "1_0", "1 2",
    "-Infinity",
    "NaN", "nul", "nulll", "True", "'a'", "a", "[1,]", "{\"a\":1,}", "[,1]", "[1 2]", "{\"a\" 1}", "{1:2}",
    "/**/1",
    "\"\\x41\"", "\"\\u12\"", "\"\\uD83D\"", "\"\\uDE00\"", "\"\\ud83d\\u0041\"", "\"\t\"", "\"a", "1,", "]",
    "}",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[0",
  ]
  private static let fragments: [[UInt8]] =
    [
      ",", ":", "\"", "[", "]", "{", "}", "0", "-", "+", ".", "e", "null", "//", " ", "\n", "\\", "\\\"",
      "\\/",
      "\\u0000", "\\u0041", "\\u00e9", "\\u00E9", "\\ud83d\\ude00", "\\uD83D", "\\ude00", "\\u000A", "\\n",
      "\\u001f",
      "\u{0}", "\u{1F}", "\u{7F}", "\u{B}", "\u{C}", "\u{A0}", "\u{2028}", "\u{FEFF}", "\u{E9}", "e\u{301}",
      "\u{1F54A}",
      "99", "9223372036854775808", "\"id\":1,", ",\"id\":1", ",\"key\":[]",
    ].map { Array($0.utf8) } + brokenCharacters
  private static let brokenCharacters: [[UInt8]] = [
    [0x80], [0xBF], [0xC3], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
    [0xED, 0x9F, 0xBF],
    [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x8F, 0xBF, 0xBF],
    [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x9F, 0x95], [0xFE, 0xFF],
  ]
  private static let oddBlanks: [[UInt8]] = [
    " ", "\u{0}", "\u{8}", "\u{B}", "\u{C}", "\u{1F}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2003}", "\u{2028}",
    "\u{FEFF}", "//a\n", "/**/", "#a\n",
  ].map { Array($0.utf8) }
  private static let edges: [Int128] = [0, 1 << 53, 1 << 63, 1 << 64, 922_337_203_685_477_580]

  init(seed: UInt64) {
    random = RandomJSON(seed: seed)
  }

  /// A text; about half of them are JSON.
  mutating func text() -> [UInt8] {
    var value = random.value(depth: 1 + random.generator.below(3))
    for _ in 0..<2 where value.array == nil && value.object == nil { value = random.value(depth: 3) }
    if random.generator.chance(in: 2) { value = injured(value) }
    var bytes = random.looseText(of: value, looseness: [0, 3, 12, 12][random.generator.below(4)])
    if random.generator.chance(in: 2) { return bytes }
    for _ in 0...random.generator.below(2) { disturb(&bytes) }
    if random.generator.chance(in: 50) { bytes = Array("\u{FEFF}".utf8) + bytes }
    return bytes
  }

  /// Limits that a small text of so many bytes can come up against.
  mutating func limits(for count: Int) -> JSONLimits {
    JSONLimits(
      depth: random.generator.below(5), bytes: count - 1 + random.generator.below(20),
      stringBytes: 1 + random.generator.below(16), members: random.generator.below(6),
      elements: random.generator.below(6))
  }

  /// The value with odd tokens for some of its values, and with keys that come again.
  private mutating func injured(_ value: JSON) -> JSON {
    switch value {
    case .array(let elements):
      return .array(elements.map { injured($0) })
    case .object(let object):
      var members = object.members.map { JSONMember(key: $0.key, value: injured($0.value)) }
      if random.generator.chance(in: 4), let member = members.randomElement(using: &random.generator) {
        // The same key again, or two new ones that only those take for the same who normalise or stop early.
        let name = member.key.string
        let endings = [[""], ["\u{E9}", "e\u{301}"], ["12345678b", "12345678a"]]
        let keys = endings[random.generator.below(3)].map { name + $0 }
        for key in keys {
          let place = random.generator.below(members.count + 1)
          members.insert(JSONMember(key: Text(key), value: member.value), at: place)
        }
      }
      return .object(JSONObject(members))
    default:
      guard random.generator.chance(in: 4) else { return value }
      switch random.generator.below(4) {
      case 0: return .number(escapes())
      case 1: return .number(NearlyJSON.oddTokens.randomElement(using: &random.generator) ?? "01")
      case 2: return .number(Text("\(edge())"))
      default: return .number(numberLike())
      }
    }
  }

  /// An integer where some reader's range ends.
  private mutating func edge() -> Int128 {
    let edge =
      (NearlyJSON.edges.randomElement(using: &random.generator) ?? 0)
      * (random.generator.chance(in: 4) ? 10 : 1)
    let near = edge + Int128(random.generator.below(11) - 5)
    return random.generator.chance(in: 2) ? near : -near
  }

  /// A string of escapes: units around the surrogates in any order, and letters that may be none.
  private mutating func escapes() -> Text {
    let units = [
      "D7FF", "D800", "DBFF", "dc00", "dfff", "e000", "D83D", "dead", "0041", "007f", "0080", "07FF", "0800",
    ]
    let letters = [
      "\"", "\\", "/", "b", "f", "n", "r", "t", "u", "v", "a", "e", "x", "'", "0", " ", "N", "U",
    ]
    let escapes = (0...random.generator.below(3)).map { _ in
      if random.generator.chance(in: 4) {
        return "\\" + (letters.randomElement(using: &random.generator) ?? "")
      }
      return "\\u" + (units.randomElement(using: &random.generator) ?? "")
    }
    return Text("\"" + escapes.joined() + "\"")
  }

  private mutating func numberLike() -> Text {
    let parts = [
      ["-", "", "", "+"], ["0", "7", "10", "0", "01", ""], [".0", ".5", "", "", "."],
      ["e1", "E+20", "", "", "e-0", "e"],
    ]
    return Text(parts.map { $0.randomElement(using: &random.generator) ?? "" }.joined())
  }

  /// Does one small thing to the bytes, anywhere.
  private mutating func disturb(_ bytes: inout [UInt8]) {
    let place = random.generator.below(bytes.count + 1)
    let stretch = place..<min(bytes.count, place + 1 + random.generator.below(8))
    let fragment = pick(NearlyJSON.fragments)
    switch random.generator.below(12) {
    case 0: bytes.removeSubrange(place..<min(bytes.count, place + 1))
    case 1: bytes.removeSubrange(stretch)
    case 2: bytes.insert(contentsOf: bytes[stretch], at: random.generator.below(bytes.count + 1))
    case 3: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.generator.below(8)) }
    case 4: if place < bytes.count { bytes.swapAt(place, random.generator.below(bytes.count)) }
    case 5: bytes.removeSubrange(place...)
    case 6: bytes.replaceSubrange(place..<min(bytes.count, place + 1), with: fragment)
    case 7: bytes.insert(UInt8(truncatingIfNeeded: random.generator.next()), at: place)
    case 8: insert(Array(",".utf8), before: "]}", from: place, &bytes)
    case 9: insert(pick(NearlyJSON.oddBlanks), before: ",:[]{}", from: place, &bytes)
    case 10: insert(pick(NearlyJSON.brokenCharacters), before: "\"", from: place, &bytes)
    default: bytes.insert(contentsOf: fragment, at: place)
    }
  }

  private mutating func pick(_ pieces: [[UInt8]]) -> [UInt8] {
    pieces.randomElement(using: &random.generator) ?? []
  }

  /// Puts something before the next of these bytes, or at the end.
  private func insert(_ odd: [UInt8], before marks: String, from place: Int, _ bytes: inout [UInt8]) {
    let next = bytes[place...].firstIndex { marks.utf8.contains($0) }
    bytes.insert(contentsOf: odd, at: next ?? bytes.count)
  }
}
