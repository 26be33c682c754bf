import Testing

@testable import Terminal

@Suite("Typing a secret")
struct SecretLineTests {
  @Test(
    "keys edit and end the line",
    arguments: [
      ("abc\n", "abc", .finished), ("abc\r", "abc", .finished), ("ab\u{8}c\n", "ac", .finished),
      ("a会\u{7F}b\n", "ab", .finished), ("\u{7F}a\n", "a", .finished), ("ab\u{15}c\n", "c", .finished),
      ("ab\u{3}", "ab", .cancelled), ("\u{4}", "", .ended), ("a\u{4}", "a", .finished),
      ("a\tb", "ab", .typing),
    ] as [(String, String, SecretLine.Outcome)])
  func keys(_ typed: String, _ text: String, _ outcome: SecretLine.Outcome) {
    var line = SecretLine()
    var last = SecretLine.Outcome.typing
    for byte in typed.utf8 { last = line.feed(byte) }
    #expect(String(decoding: line.bytes, as: UTF8.self) == text)
    #expect(last == outcome)
  }
}
