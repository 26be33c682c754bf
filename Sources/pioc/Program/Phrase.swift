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

  /// A text in quotation marks, on one line and not too long.
  static func quoted(_ text: String, columns: Int = 60) -> String {
    "\"" + TerminalSafe.ended(DisplayWidth.clip(TerminalSafe.line(text), to: columns)) + "\""
  }
}
