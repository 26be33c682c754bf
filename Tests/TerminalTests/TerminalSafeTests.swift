import Terminal
import Testing

@Suite("Harmless text")
struct TerminalSafeTests {
  @Test(
    "controls are made visible on one line",
    arguments: [
      ("\u{1B}[2J", "␛[2J"), ("a\nb", "a b"), ("a\r\nb", "a b"), ("a\rb", "a␍b"), ("a\tb", "a b"),
      ("\0\u{7}\u{7F}", "␀␇␡"), ("\u{9B}2J", "\u{FFFD}2J"), ("a\u{85}b", "a b"), ("a\u{2028}b", "a b"),
      ("a\u{202E}b", "a\u{FFFD}b"), ("\u{2066}\u{2069}", "\u{FFFD}\u{FFFD}"), ("plain", "plain"),
      ("ገበያ ቀን", "ገበያ ቀን"), ("مواعيد\u{200F}", "مواعيد\u{200F}"), ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"), ("Zürich…", "Zürich…"),
    ])
  func line(_ text: String, _ expected: String) {
    #expect(TerminalSafe.line(text) == expected)
  }

  @Test("text keeps its lines and nothing else")
  func text() {
    #expect(TerminalSafe.text("a\r\nb\n\tc\u{1B}\u{2029}d\u{202A}") == "a\nb\n c␛\nd\u{FFFD}")
  }

  @Test("no scalar below U+3000 lets a control through")
  func allScalars() {
    for value in UInt32(0)..<0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for kept in TerminalSafe.line("a" + String(Character(scalar)) + "b").unicodeScalars {
        let isBidirectional = (0x202A...0x202E).contains(kept.value) || (0x2066...0x2069).contains(kept.value)
        let isControl = [.control, .lineSeparator, .paragraphSeparator].contains(
          kept.properties.generalCategory)
        if isBidirectional || isControl { Issue.record("U+\(String(value, radix: 16))") }
      }
    }
  }
}
