import Terminal

/// Small phrases that several commands use.
enum Phrase {
  /// "1 change", "3 changes".
  static func count(_ number: some BinaryInteger, _ noun: String, plural: String? = nil) -> String {
    "\(number) " + (number == 1 ? noun : plural ?? noun + "s")
  }

  /// "a", "a and b", "a, b and c".
  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  /// "an event", "a contact".
  static func one(_ noun: String) -> String {
    (noun.first.map { "aeiou".contains($0) } ?? false ? "an " : "a ") + noun
  }

  /// A word as a shell reads it: blanks and signs stay part of it (POSIX, Shell Command Language, 2.2.2).
  static func shellWord(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      $0 >= 0x80 || UInt8(ascii: "-")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0
        || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "_")
    }
    return isPlain && !text.isEmpty ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }

  /// A text in quotation marks, on one line and not too long.
  static func quoted(_ text: String, columns: Int = 60) -> String {
    "\"" + TerminalSafe.ended(DisplayWidth.clip(TerminalSafe.line(text), to: columns)) + "\""
  }
}
