import JSON

/// The lines of a form: `name: value`, blocks of several lines, and comments.
///
/// A block stands between `<<<` and `>>>`, each alone at the end of its line; where a text holds such a line itself,
/// the marks are longer. Nothing within a block is a comment.
struct FormText {
  /// The values, in their order.
  private(set) var lines: [FormLine] = []
  /// The lines outside blocks that tell what was wrong the last time, from 1.
  private(set) var complaints: Set<Int> = []

  /// What a line begins with that tells a fault.
  static let complaint = "#!"

  /// Reads the text of a form; a byte order mark and any line ends are taken.
  init(_ bytes: [UInt8]) throws(FormError) {
    let rows = try Self.rows(bytes)
    var index = 0
    while index < rows.count {
      let start = index
      let row = rows[index]
      index += 1
      let trimmed = Self.trimmed(row)
      if trimmed.hasPrefix(Self.complaint) { complaints.insert(start + 1) }
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      guard let colon = row.unicodeScalars.firstIndex(of: ":") else { throw FormError(line: start + 1, Self.shape) }
      let name = Self.trimmed(String(row.unicodeScalars[..<colon]))
      var value = String(row.unicodeScalars[colon...].dropFirst())
      if let end = Self.closing(of: Self.trimmed(value)) {
        guard let last = rows[index...].firstIndex(where: { Self.trimmed($0) == end }) else {
          throw FormError(line: start + 1, "the text that begins here has no line '\(end)' at its end")
        }
        value = rows[index..<last].joined(separator: "\n")
        index = last + 1
      } else if value.unicodeScalars.first == " " {
        value.unicodeScalars.removeFirst()
      }
      lines.append(FormLine(name: name, text: value, line: start + 1))
    }
  }

  /// The rows of a text, without their ends.
  ///
  /// By scalars: `\r\n` is one character of a `String` and would hide both.
  static func rows(_ bytes: [UInt8]) throws(FormError) -> [String] {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
    var rows: [String] = []
    for row in Array(bytes).withoutCarriageReturns.split(separator: 0x0A, omittingEmptySubsequences: false) {
      guard let text = Text(validating: row) else {
        throw FormError(line: rows.count + 1, "it is not UTF-8 text; save the text as UTF-8")
      }
      rows.append(text.string)
    }
    return rows
  }

  /// One value as it is written.
  static func written(_ name: String, _ text: String, asBlock: Bool) -> String {
    let rows = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { trimmed(String($0)) }
    guard asBlock || rows.count > 1 || closing(of: trimmed(text)) != nil else {
      return text.isEmpty ? "\(name):" : "\(name): \(text)"
    }
    var marks = 3
    while rows.contains(String(repeating: ">", count: marks)) { marks += 1 }
    let (open, close) = (String(repeating: "<", count: marks), String(repeating: ">", count: marks))
    return "\(name): \(open)\n\(text)\n\(close)"
  }

  /// The line that ends a block, if this begins one.
  private static func closing(of text: String) -> String? {
    guard text.utf8.count >= 3, text.utf8.allSatisfy({ $0 == UInt8(ascii: "<") }) else { return nil }
    return String(repeating: ">", count: text.utf8.count)
  }

  private static func trimmed(_ text: String) -> String {
    TypedText.text(TypedText.trimmed(Text(text).bytes[...])).string
  }

  private static let shape =
    "it is neither 'field: value' nor a comment; a text of several lines stands between 'field: <<<' and '>>>'"
}
