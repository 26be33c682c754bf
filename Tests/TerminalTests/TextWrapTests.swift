import Terminal
import Testing

@Suite("Wrapping")
struct TextWrapTests {
  @Test("lines are filled to the width")
  func fill() {
    #expect(TextWrap.lines("one two  three", width: 7) == ["one two", "three"])
    #expect(TextWrap.lines("one two three", width: 6) == ["one", "two", "three"])
    #expect(TextWrap.lines("", width: 10) == [""])
    #expect(TextWrap.lines("a\n\nb", width: 10) == ["a", "", "b"])
  }

  @Test("a word longer than the line is left whole")
  func longWord() {
    let lines = TextWrap.lines("see https://example.org/a now", width: 8)
    #expect(lines == ["see", "https://example.org/a", "now"])
    #expect(TextWrap.lines("abcdef", width: 0) == ["abcdef"])
  }

  @Test("text without blanks breaks beside wide characters, not before their full stop")
  func wide() {
    #expect(TextWrap.lines("市民会议室开放", width: 6) == ["市民会", "议室开", "放"])
    #expect(TextWrap.lines("市民会。", width: 6) == ["市民", "会。"])
    #expect(TextWrap.lines("a会b", width: 3) == ["a会", "b"])
  }

  @Test("the rest of a line hangs below its text")
  func hanging() {
    #expect(TextWrap.hanging("one two", width: 7) == ["one two"])
    #expect(TextWrap.hanging("one two three", width: 8) == ["one two", "three"])
    #expect(TextWrap.hanging("    one two three", width: 12) == ["    one two", "    three"])
    #expect(
      TextWrap.hanging("  new   one two three four", width: 20) == ["  new   one two", "        three four"])
    #expect(TextWrap.hanging("a  b", width: 4) == ["a  b"])
    #expect(TextWrap.hanging("\u{1B}[1mone\u{1B}[0m two", width: 7) == ["\u{1B}[1mone\u{1B}[0m two"])
    // A column that would leave no room is none.
    #expect(TextWrap.hanging("abcdefgh  one two", width: 12) == ["abcdefgh one", "two"])
  }
}
