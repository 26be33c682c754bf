import JSON
import Records
import Testing

@Suite("Text that is copied from elsewhere")
struct TextFaultTests {
  private let title: Field

  init() throws { title = try #require(Kinds.named("event")?.field("title")) }

  @Test(
    "what tables and terminals add to it is taken out",
    arguments: [
      ("\u{2068}منتدى السلام\u{2069}", "منتدى السلام"), ("a\tb", "a b"), ("\u{202B}سلام\u{202C}", "سلام"),
      ("café\u{200E}", "café\u{200E}"),
    ])
  func copied(_ typed: String, _ stored: String) throws {
    #expect(try FieldText.parse(typed, for: title).first?.value == .string(Text(stored)))
  }

  @Test(
    "what no field may hold is named, and not the field's length",
    arguments: [
      ("a\u{1B}[31mb", "U+001B"), ("a\u{7F}", "U+007F"), ("a\u{202E}b", "U+202E"), ("one\ntwo", "several lines"),
      (String(repeating: "é", count: 301), "301 characters, and takes at most 300"),
    ])
  func named(_ typed: String, _ told: String) {
    do {
      let elements = try FieldText.parse(typed, for: title)
      Issue.record("\(elements)")
    } catch {
      #expect(error.message.contains(told), "\(error.message)")
    }
  }
}
