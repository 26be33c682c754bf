import JSON

/// What the naive reader reads, and how it would be written: the rules of the canonical text once more.
indirect enum NaiveValue: Equatable {
  struct Member: Equatable {
    let key: [Unicode.Scalar]
    let value: NaiveValue
  }

  case null
  case bool(Bool)
  /// A number by its spelling; which case of `JSON` it belongs to is part of the value.
  case number(String, isInt64: Bool)
  case string([Unicode.Scalar])
  case array([NaiveValue])
  case object([Member])

  /// The same value as the real reader gave it.
  init(_ json: JSON) {
    switch json {
    case .null: self = .null
    case .bool(let boolean): self = .bool(boolean)
    case .int(let integer): self = .number("\(integer)", isInt64: true)
    case .number(let text): self = .number(text.string, isInt64: false)
    case .string(let text): self = .string(Array(text.string.unicodeScalars))
    case .array(let elements): self = .array(elements.map { NaiveValue($0) })
    case .object(let object):
      self = .object(
        object.members.map { Member(key: Array($0.key.string.unicodeScalars), value: NaiveValue($0.value)) })
    }
  }

  /// The value's canonical text; for UTF-8 the order of the bytes is that of the code points.
  var canonical: [UInt8] {
    switch self {
    case .null: Array("null".utf8)
    case .bool(let boolean): Array("\(boolean)".utf8)
    case .number(let spelling, _): Array(spelling.utf8)
    case .string(let points): NaiveValue.quoted(points)
    case .array(let elements):
      Array("[".utf8) + elements.map(\.canonical).joined(separator: ",".utf8) + "]".utf8
    case .object(let members):
      Array("{".utf8)
        + members.sorted { $0.key.lexicographicallyPrecedes($1.key) }
        .map { NaiveValue.quoted($0.key) + ":".utf8 + $0.value.canonical }.joined(separator: ",".utf8)
        + "}".utf8
    }
  }

  /// Whether all numbers are integers within ±(2^53 − 1).
  var isCanonicalizable: Bool {
    switch self {
    case .null, .bool, .string: true
    case .number(let spelling, _): NaiveValue.isInteger(spelling, upTo: "9007199254740991")
    case .array(let elements): elements.allSatisfy(\.isCanonicalizable)
    case .object(let members): members.allSatisfy(\.value.isCanonicalizable)
    }
  }

  /// Whether a number is spelled as an integer, `-0` excepted, whose digits are at most these.
  static func isInteger(_ spelling: String, upTo most: String) -> Bool {
    let digits = Array(spelling.utf8.drop { $0 == UInt8(ascii: "-") })
    let most = Array(most.utf8)
    guard spelling != "-0", digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return false
    }
    return digits.count < most.count || digits.count == most.count && !most.lexicographicallyPrecedes(digits)
  }

  private static func quoted(_ points: [Unicode.Scalar]) -> [UInt8] {
    let short: [Unicode.Scalar: String] = [
      "\"": #"\""#, "\\": #"\\"#, "\u{8}": #"\b"#, "\u{9}": #"\t"#, "\u{A}": #"\n"#, "\u{C}": #"\f"#,
      "\u{D}": #"\r"#,
    ]
    let digits = Array("0123456789abcdef".utf8)
    return Array("\"".utf8)
      + points.flatMap { point in
        if let escape = short[point] { return Array(escape.utf8) }
        guard point.value < 0x20 else { return Array(point.utf8) }
        return Array(#"\u00"#.utf8) + [digits[Int(point.value / 16)], digits[Int(point.value % 16)]]
      } + "\"".utf8
  }
}
