@testable import FuzzTargets
import JSON
import Testing

@Suite("Texts that are refused")
struct RefuseTests {
  typealias Row = (text: String, kind: JSONError.Kind, offset: Int)

  static let structure: [Row] = [
    ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[", .unexpectedEnd, 1), ("{", .unexpectedEnd, 1),
    ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), (#"{"a""#, .unexpectedEnd, 4),
    (#"{"a":"#, .unexpectedEnd, 5),
    (#"{"a":1"#, .unexpectedEnd, 6), (#"{"a":1,"#, .unexpectedEnd, 7), ("[[]", .unexpectedEnd, 3),
    ("]", .unexpectedByte, 0), ("}", .unexpectedByte, 0), (",", .unexpectedByte, 0),
    (":", .unexpectedByte, 0),
    ("[,]", .unexpectedByte, 1), ("[1 2]", .unexpectedByte, 3), ("[1}", .unexpectedByte, 2),
    ("{]", .unexpectedByte, 1),
    ("[1,,2]", .unexpectedByte, 3), ("{,}", .unexpectedByte, 1), ("{1:2}", .unexpectedByte, 1),
    ("{a:1}", .unexpectedByte, 1), ("{'a':1}", .unexpectedByte, 1), (#"{"a" 1}"#, .unexpectedByte, 5),
    (#"{"a"}"#, .unexpectedByte, 4), (#"{"a":}"#, .unexpectedByte, 5),
    (#"{"a":1 "b":2}"#, .unexpectedByte, 7),
    (#"{"a"::1}"#, .unexpectedByte, 5), (#"{"a":1]"#, .unexpectedByte, 6), ("{null:1}", .unexpectedByte, 1),
    ("[1,]", .trailingComma, 2), ("[1 , ]", .trailingComma, 3), (#"{"a":1,}"#, .trailingComma, 6),
    (#"[{"a":1 ,}]"#, .trailingComma, 8), ("1 2", .trailingBytes, 2), ("{}{}", .trailingBytes, 2),
    ("[] ]", .trailingBytes, 3), ("null,", .trailingBytes, 4), (#""a""b""#, .trailingBytes, 3),
    ("1//x", .trailingBytes, 1), ("/*x*/1", .unexpectedByte, 0), ("[1]\u{0}", .trailingBytes, 3),
    ("\u{c}1", .unexpectedByte, 0), ("\u{A0}1", .unexpectedByte, 0), ("1\u{2003}", .trailingBytes, 1),
    ("\u{0}", .unexpectedByte, 0), ("\u{FEFF}1", .byteOrderMark, 0), ("\u{FEFF}", .byteOrderMark, 0),
    ("[\u{FEFF}1]", .unexpectedByte, 1),
  ]

  static let literals: [Row] = [
    ("tru", .unexpectedEnd, 3), ("nul", .unexpectedEnd, 3), ("f", .unexpectedEnd, 1),
    ("trux", .unexpectedByte, 3),
    ("nULL", .unexpectedByte, 1), ("True", .unexpectedByte, 0), ("NULL", .unexpectedByte, 0),
    ("fals]", .unexpectedByte, 4),
    ("truee", .trailingBytes, 4), ("[nulll]", .unexpectedByte, 5), ("undefined", .unexpectedByte, 0),
    ("NaN", .unexpectedByte, 0), ("Infinity", .unexpectedByte, 0), ("-Infinity", .invalidNumber, 0),
    ("-NaN", .invalidNumber, 0),
  ]

  static let numbers: [Row] = [
    ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2), ("1e", .unexpectedEnd, 2),
    ("1e+", .unexpectedEnd, 3),
    ("01", .invalidNumber, 0), ("-01", .invalidNumber, 0), ("00", .invalidNumber, 0),
    ("[012]", .invalidNumber, 1),
    ("+1", .invalidNumber, 0), (".5", .invalidNumber, 0), ("[-.5]", .invalidNumber, 1),
    ("[1.]", .invalidNumber, 1),
    ("1.e1", .invalidNumber, 0), ("1e]", .invalidNumber, 0), ("1e1.5", .trailingBytes, 3),
    ("1.2.3", .trailingBytes, 3),
    ("--1", .invalidNumber, 0), ("1-", .trailingBytes, 1), ("0x10", .trailingBytes, 1),
    ("1_000", .trailingBytes, 1),
    ("[1a]", .unexpectedByte, 2), ("1,5", .trailingBytes, 1), ("[- 1]", .invalidNumber, 1),
    ("1 e1", .trailingBytes, 2),
    ("١", .unexpectedByte, 0), ("１", .unexpectedByte, 0), ("1e+-1", .invalidNumber, 0),
    ("00.5", .invalidNumber, 0),
  ]

  static let strings: [Row] = [
    (#"""#, .unexpectedEnd, 1), (#""abc"#, .unexpectedEnd, 4), (#""abc\""#, .unexpectedEnd, 6),
    (#""\"#, .unexpectedEnd, 2),
    (#""\u"#, .unexpectedEnd, 3), (#""\u12"#, .unexpectedEnd, 5), (#""\ud83d"#, .unexpectedEnd, 7),
    (#""\ud83d\"#, .unexpectedEnd, 8), (#""\ud83d\ude"#, .unexpectedEnd, 11), ("'a'", .unexpectedByte, 0),
    ("\"a\nb\"", .controlCharacter, 2), ("\"\t\"", .controlCharacter, 1), ("\"\u{0}\"", .controlCharacter, 1),
    ("\"123456789\u{1f}\"", .controlCharacter, 10), ("{\"a\nb\":1}", .controlCharacter, 3),
    (#""\x41""#, .invalidEscape, 1), (#""\'""#, .invalidEscape, 1), (#""a\0""#, .invalidEscape, 2),
    (#""\U0041""#, .invalidEscape, 1),
    (#""\N""#, .invalidEscape, 1), (#""\u12g4""#, .invalidEscape, 1), (#""\u 123""#, .invalidEscape, 1),
    (#""\u+123""#, .invalidEscape, 1),
    (#""\u12""#, .invalidEscape, 1), (#""\u{41}""#, .invalidEscape, 1), ("\"\\\n\"", .invalidEscape, 1),
    (#""\é""#, .invalidEscape, 1),
    (#""\ud83d""#, .loneSurrogate, 1), (#""x\ude00""#, .loneSurrogate, 2), (#""\ud83dx""#, .loneSurrogate, 1),
    (#""\ud83d\n""#, .loneSurrogate, 1), (#""\ud83d\ud83d""#, .loneSurrogate, 1),
    (#""\ud83d\u0041""#, .loneSurrogate, 1),
    (#""\ude00\ud83d""#, .loneSurrogate, 1), (#""\ud83d\uzzzz""#, .invalidEscape, 7),
    (#""\uDFFF""#, .loneSurrogate, 1), (#""\ude00\ude00""#, .loneSurrogate, 1),
    (#"{"\ud800":1}"#, .loneSurrogate, 2),
  ]

  static let keys: [Row] = [
    (#"{"a":1,"a":2}"#, .duplicateKey, 7), (#"{"a":1,"b":2,"a":3}"#, .duplicateKey, 13),
    (#"{"":1,"":1}"#, .duplicateKey, 6),
    (#"{"a":1,"\u0061":2}"#, .duplicateKey, 7), (#"{"\u0061":1,"a":2}"#, .duplicateKey, 12),
    (#"{"b":1,"a":2,"\u0062":3}"#, .duplicateKey, 13), (#"{"b":1,"\u0061":2,"a":3}"#, .duplicateKey, 18),
    (#"{"x":{"a":1,"a":1}}"#, .duplicateKey, 12), (#"{"a":{"a":1},"a":1}"#, .duplicateKey, 13),
    (#"[{"b":1,"a":{"c":1,"b":2},"b":3}]"#, .duplicateKey, 26),
    (#"{"😀":1,"\ud83d\ude00":2}"#, .duplicateKey, 10),
    (#"{"longer key 1":1,"longer key 0":1,"longer key 1":1}"#, .duplicateKey, 35),
  ]

  @Test(
    "the text is refused for this reason, at this byte",
    arguments: structure + literals + numbers + strings + keys)
  func refused(text: String, kind: JSONError.Kind, offset: Int) {
    expectRefusal(Array(text.utf8), kind, offset)
  }

  @Test(
    "bytes that are not UTF-8 are refused where they begin",
    arguments: [
      ([0x22, 0x80, 0x22], 1), ([0x22, 0xC0, 0xAF, 0x22], 1), ([0x22, 0x61, 0xE0, 0x80, 0xAF, 0x22], 2),
      ([0x22, 0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80, 0x22], 1), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),
      ([0x22, 0xE2, 0x82, 0x22], 1), ([0x22, 0xF0, 0x9F, 0x98], 1), ([0xFF, 0xFE, 0x31, 0x00], 0),
      ([0x31, 0xC3], 1),
      ([0x5B, 0x31, 0x2C, 0x5D, 0xFF], 4), ([0xEF, 0xBB], 0),
    ] as [([UInt8], Int)])
  func invalidUTF8(bytes: [UInt8], offset: Int) {
    expectRefusal(bytes, .invalidUTF8, offset)
  }

  @Test("the first bytes of a text end too early, each of them")
  func prefixes() {
    let text = Array(#"{"a":[1.5e3,-0,{"é😀":"\ud83d\ude00\n"}],"b":true,"c":null,"d":{},"e":[]}"#.utf8)
    for count in 0..<text.count {
      let prefix = text[..<count]
      let expected: JSONError.Kind = Text(validating: prefix) == nil ? .invalidUTF8 : .unexpectedEnd
      #expect { try JSON.parse(prefix) } throws: { error in
        (error as? JSONError)?.kind == expected
          && (expected == .invalidUTF8 || (error as? JSONError)?.offset == count)
      }
    }
  }

  @Test(
    "a duplicate among many keys is found at once, in any order", arguments: [3, 15, 16, 17, 18, 100, 1_000])
  func manyKeys(_ count: Int) throws {
    for names in [Array(0..<count), Array((0..<count).reversed()), (0..<count).map { ($0 &* 7919) % 10_007 }] {
      for repeated in [0, count / 2, count - 1] {
        let members = names.map { #""key \#($0)":0"# }
        let unique = Array("{\(members.joined(separator: ","))}".utf8)
        #expect(try JSON.parse(unique).object?.count == count)
        expectRefusal(unique.dropLast() + Array(",\(members[repeated])}".utf8), .duplicateKey, unique.count)
      }
    }
  }

  @Test("codes are stable")
  func codes() {
    let codes = JSONError.Kind.allCases.map(\.rawValue)
    let expected = [
      "duplicate-key", "invalid-utf8", "lone-surrogate", "trailing-comma", "too-deep", "too-long", "too-many",
      "unexpected-byte", "unexpected-end", "invalid-number", "invalid-escape", "control-character",
      "trailing-bytes",
      "byte-order-mark", "out-of-turn",
    ]
    #expect(codes == expected)
    #expect("\(JSONError(kind: .trailingComma, offset: 12))" == "trailing-comma at byte 12")
  }

  /// All ways of reading refuse alike.
  private func expectRefusal(_ bytes: [UInt8], _ kind: JSONError.Kind, _ offset: Int) {
    let error = JSONError(kind: kind, offset: offset)
    #expect(throws: error) { try JSON.parse(bytes) }
    #expect(throws: error) { try JSON.parse(([0x20] + bytes)[1...]) }
    #expect(throws: error) { try Reading.skipping(bytes) }
    #expect(throws: error) { try Reading.pulling(bytes) }
    var canonical = true
    #expect(throws: error) { try JSON.parseNoting(canonical: &canonical, bytes[...]) }
    #expect(!canonical)
  }
}
