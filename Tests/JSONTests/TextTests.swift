import JSON
import Testing

@Suite("Text")
struct TextTests {
  @Test("the two spellings of one letter are two texts")
  func canonicalEquivalenceIsIgnored() {
    let composed: Text = "caf\u{E9}"
    let decomposed: Text = "cafe\u{301}"
    #expect(composed.string == decomposed.string)
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed]).count == 2)
    #expect(decomposed < composed)
  }

  @Test("the order is that of the bytes, which is that of the code points")
  func orderIsBytewise() {
    // UTF-16 orders these the other way round, as does any library that sorts by UTF-16 code units.
    #expect(Text("\u{FF61}") < Text("😀"))
    #expect(Array("\u{FF61}".utf16).lexicographicallyPrecedes(Array("😀".utf16)) == false)
    #expect(Text("") < "a" && Text("a") < "aa" && Text("Z") < "a" && Text("a\u{0}") < "a\u{1}")
    #expect(Text("12345678") < "123456780" && Text("123456789") < "12345678A")
    #expect(!(Text("same") < "same"))
  }

  @Test("order and equality are those of the arrays of bytes")
  func orderAgreesWithArrays() {
    var random = RandomJSON(seed: 11)
    let texts = (0..<300).map { _ in random.text() }
    for left in texts {
      for right in texts {
        let isOrdered = (left < right) == left.bytes.lexicographicallyPrecedes(right.bytes)
        let isEqual = (left == right) == (left.bytes == right.bytes)
        let isHashed = left != right || left.hashValue == right.hashValue
        if !(isOrdered && isEqual && isHashed) { Issue.record("\(left.bytes) and \(right.bytes)") }
      }
    }
  }

  @Test("a difference is seen at any place", arguments: 0..<40)
  func differenceAtAnyPlace(_ place: Int) throws {
    let bytes = [UInt8](repeating: 0x61, count: 40)
    var other = bytes
    other[place] = 0x62
    let left = try #require(Text(validating: bytes))
    let right = try #require(Text(validating: other))
    #expect(left != right && left < right && !(right < left))
    #expect(left == Text(validating: bytes[...]))
  }

  @Test(
    "bytes that are not UTF-8 make no text",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0x61, 0xC3], [0xE2, 0x82],
    ] as [[UInt8]])
  func invalidBytes(_ bytes: [UInt8]) {
    #expect(Text(validating: bytes) == nil)
    #expect(Text(validating: bytes[...]) == nil)
    #expect(Text(validating: AnySequence(bytes)) == nil)
  }

  @Test("a slice, an array and any sequence make the same text")
  func threeWaysIn() throws {
    let bytes = Array("x中y".utf8)
    let text = try #require(Text(validating: bytes))
    #expect(text == "x中y")
    #expect(text == Text(validating: (Array("ab".utf8) + bytes)[2...]))
    #expect(text == Text(validating: AnySequence(bytes)))
    #expect(text.count == 5 && !text.isEmpty && text.string == "x中y" && "\(text)" == "x中y")
    #expect(Text("").isEmpty)
    #expect(text.matches("x中y") && !text.matches("x中") && !text.matches("x中z") && Text("").matches(""))
  }
}
