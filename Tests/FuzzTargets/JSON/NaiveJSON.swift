import JSON

/// A second reader of JSON, to hold against the real one: written from RFC 8259 alone, slow and obvious.
///
/// It goes by code points, not by bytes, and follows the grammar's rules by their names.
struct NaiveJSON {
  private struct Refusal: Error {}

  private let points: [Unicode.Scalar]
  private let limits: JSONLimits
  private var index = 0

  private init(points: [Unicode.Scalar], limits: JSONLimits) {
    self.points = points
    self.limits = limits
  }

  /// The value of a text, or nothing if it is refused.
  static func read(_ bytes: [UInt8], limits: JSONLimits = .standard) -> NaiveValue? {
    guard bytes.count <= limits.bytes, let points = CodePoints.decode(bytes) else { return nil }
    var reader = NaiveJSON(points: points, limits: limits)
    return try? reader.text()
  }

  // MARK: Section 2: JSON-text = ws value ws

  private mutating func text() throws -> NaiveValue {
    blanks()
    let value = try value(depth: 0)
    blanks()
    try demand(index == points.count)
    return value
  }

  private mutating func blanks() {
    while let point = next, [" ", "\t", "\n", "\r"].contains(point) { index += 1 }
  }

  /// Takes a structural character with the blanks around it, if it comes next.
  private mutating func takes(_ structural: Unicode.Scalar) -> Bool {
    let start = index
    blanks()
    guard next == structural else {
      index = start
      return false
    }
    index += 1
    blanks()
    return true
  }

  // MARK: Section 3: values

  private mutating func value(depth: Int) throws -> NaiveValue {
    if word("null") { return .null }
    if word("true") { return .bool(true) }
    if word("false") { return .bool(false) }
    if next == "\"" { return .string(try string()) }
    if next == "[" { return .array(try array(depth: depth + 1)) }
    if next == "{" { return .object(try object(depth: depth + 1)) }
    return try number()
  }

  private mutating func word(_ word: String) -> Bool {
    guard points[index...].starts(with: word.unicodeScalars) else { return false }
    index += word.unicodeScalars.count
    return true
  }

  // MARK: Section 4: objects, their names unique

  private mutating func object(depth: Int) throws -> [NaiveValue.Member] {
    try demand(depth <= limits.depth && depth <= 512)
    try demand(takes("{"))
    var members: [NaiveValue.Member] = []
    if !takes("}") {
      repeat {
        let key = try string()
        try demand(takes(":"))
        members.append(NaiveValue.Member(key: key, value: try value(depth: depth)))
      } while takes(",")
      try demand(takes("}"))
    }
    try demand(Set(members.map(\.key)).count == members.count && members.count <= limits.members)
    return members
  }

  // MARK: Section 5: arrays

  private mutating func array(depth: Int) throws -> [NaiveValue] {
    try demand(depth <= limits.depth && depth <= 512)
    try demand(takes("["))
    var elements: [NaiveValue] = []
    if !takes("]") {
      repeat { elements.append(try value(depth: depth)) } while takes(",")
      try demand(takes("]"))
    }
    try demand(elements.count <= limits.elements)
    return elements
  }

  // MARK: Section 6: [ minus ] int [ frac ] [ exp ]

  private mutating func number() throws -> NaiveValue {
    // None of these may follow a number, so all of them that do must belong to it.
    let run = points[index...].prefix { "+-.0123456789Ee".unicodeScalars.contains($0) }
    index += run.count
    let spelling = String(String.UnicodeScalarView(run))
    try demand(spelling.utf8.count <= limits.stringBytes)
    let mantissaAndExponent = spelling.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    try demand(mantissaAndExponent.count <= 2)
    if mantissaAndExponent.count == 2 {
      let exponent = mantissaAndExponent[1]
      try demand(
        isDigits(exponent.hasPrefix("+") || exponent.hasPrefix("-") ? exponent.dropFirst() : exponent))
    }
    let mantissa = mantissaAndExponent[0].split(separator: ".", omittingEmptySubsequences: false)
    try demand(mantissa.count <= 2 && (mantissa.count == 1 || isDigits(mantissa[1])))
    let integer = mantissa[0].hasPrefix("-") ? mantissa[0].dropFirst() : mantissa[0]
    try demand(isDigits(integer) && (integer == "0" || !integer.hasPrefix("0")))
    let most = spelling.hasPrefix("-") ? "9223372036854775808" : "9223372036854775807"
    return .number(spelling, isInt64: NaiveValue.isInteger(spelling, upTo: most))
  }

  private func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { ("0"..."9").contains($0) }
  }

  // MARK: Section 7: strings

  private mutating func string() throws -> [Unicode.Scalar] {
    try demand(next == "\"")
    index += 1
    var string: [Unicode.Scalar] = []
    while true {
      let point = try take()
      if point == "\"" { break }
      try demand(point >= " ")
      string.append(point == "\\" ? try escaped() : point)
    }
    try demand(CodePoints.encode(string).count <= limits.stringBytes)
    return string
  }

  private mutating func escaped() throws -> Unicode.Scalar {
    let meanings: [Unicode.Scalar: Unicode.Scalar] = [
      "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\u{A}", "r": "\u{D}", "t": "\u{9}",
    ]
    let letter = try take()
    if let meaning = meanings[letter] { return meaning }
    try demand(letter == "u")
    let unit = try unit()
    if let point = Unicode.Scalar(unit) { return point }
    // A surrogate: only the first half of a pair may begin one, and the second must follow.
    try demand(unit < 0xDC00)
    try demand(try take() == "\\" && take() == "u")
    let second = try self.unit()
    try demand((0xDC00...0xDFFF).contains(second))
    guard let point = Unicode.Scalar(0x10000 + (unit - 0xD800) * 0x400 + (second - 0xDC00)) else {
      throw Refusal()
    }
    return point
  }

  private mutating func unit() throws -> UInt32 {
    let digits = Array("0123456789abcdef".unicodeScalars)
    let capitals = Array("0123456789ABCDEF".unicodeScalars)
    var unit: UInt32 = 0
    for _ in 0..<4 {
      let point = try take()
      guard let digit = digits.firstIndex(of: point) ?? capitals.firstIndex(of: point) else {
        throw Refusal()
      }
      unit = unit * 16 + UInt32(digit)
    }
    return unit
  }

  // MARK: Steps

  private var next: Unicode.Scalar? { index < points.count ? points[index] : nil }

  private mutating func take() throws -> Unicode.Scalar {
    guard let point = next else { throw Refusal() }
    index += 1
    return point
  }

  private func demand(_ condition: Bool) throws {
    if !condition { throw Refusal() }
  }
}
