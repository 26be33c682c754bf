import JSON
import Testing

@Suite("JSON values")
struct ValueTests {
  @Test("accessors give what the case holds and nothing else")
  func accessors() {
    let value: JSON = ["t": "x", "i": 5, "b": true, "n": nil, "a": [1], "o": ["k": 2], "f": .number("1.5")]
    #expect(value["t"]?.text == "x" && value["i"]?.integer == 5 && value["b"]?.boolean == true)
    #expect(value["a"]?.array == [1] && value["o"]?.object == ["k": 2] && value["o"]?["k"] == 2)
    #expect(value["n"]?.isNull == true && value["missing"] == nil && value["f"]?.integer == nil)
    #expect(value["t"]?.integer == nil && value["i"]?.text == nil && value["t"]?["k"] == nil)
    #expect(value.array == nil && value["a"]?.object == nil && value["i"]?.boolean == nil)
    #expect("\(JSON.array([1, nil]))" == "[1,null]")
  }

  @Test("setting a member replaces it in place, appends it, or with nil removes it")
  func objectSubscript() {
    var object: JSONObject = ["b": 1, "a": 2]
    object["b"] = 3
    object["c"] = .null
    #expect(object == ["b": 3, "a": 2, "c": nil])
    object["a"] = nil
    object["z"] = nil
    #expect(object.map(\.key) == ["b", "c"] && object.count == 2 && !object.isEmpty)
    #expect(object != ["c": nil, "b": 3])
  }

  @Test("only quotation mark, reverse solidus and C0 controls are escaped")
  func shortestEscapes() {
    for code in 0..<0x20 as Range<UInt8> {
      let short: [UInt8: String] = [8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"]
      let hex = String(code, radix: 16)
      let expected = short[code] ?? "\\u00" + (hex.count == 1 ? "0" : "") + hex
      let value = JSON.string(Text("x\(Unicode.Scalar(code))"))
      #expect(value.write() == Array("\"x\(expected)\"".utf8))
    }
    let raw = "/\u{7f}\u{80}\u{2028}\u{2029}<>&'é中😀\u{FEFF}\u{FFFF}"
    #expect(JSON.string(Text(raw)).write() == Array("\"\(raw)\"".utf8))
    #expect(JSON.string("\"\\").write() == Array(#""\"\\""#.utf8))
  }

  @Test("integers are written in their shortest form")
  func integers() {
    for integer in [0, 7, -7, 10, -10, 1_000_000, .max, .min] as [Int64] {
      #expect(JSON.int(integer).write() == Array("\(integer)".utf8))
    }
  }

  @Test("the canonical text has its members in the order of the keys' bytes, at every level")
  func canonical() {
    let value: JSON = [
      "b": ["d": 1, "c": [["y": 1, "x": 2]]], "a": 0, "😀": 1, "\u{FF61}": 2, "B": 3, "": 4, "ab": 5,
    ]
    let expected = #"{"":4,"B":3,"a":0,"ab":5,"b":{"c":[{"x":2,"y":1}],"d":1},"\#u{FF61}":2,"😀":1}"#
    #expect(value.canonical() == Array(expected.utf8))
    var appended: [UInt8] = [1]
    value.writeCanonical(into: &appended)
    #expect(appended == [1] + Array(expected.utf8))
  }

  @Test(
    "only integers that every reader holds exactly are canonicalizable",
    arguments: [
      ("9007199254740991", true), ("-9007199254740991", true), ("9007199254740992", false),
      ("-9007199254740992", false),
      ("9223372036854775808", false), ("-0", false), ("1.0", false), ("1e2", false),
      ("[0,{\"a\":1.5}]", false),
      ("[0,{\"a\":\"1.5\"},null,true]", true),
    ])
  func canonicalizable(text: String, expected: Bool) throws {
    var canonical = !expected
    let value = try JSON.parseNoting(canonical: &canonical, Array(text.utf8)[...])
    #expect(value.isCanonicalizable == expected)
    #expect(canonical == expected)
  }

  @Test(
    "a text that is valid but not canonical is noted",
    arguments: [
      " 1", "1 ", "[1, 2]", "[ ]", "{\"a\" :1}", "{\"b\":1,\"a\":2}", #""\/""#, #""\u0041""#, #""\u001F""#,
      #""\u000a""#,
      #""\u0022""#, #""\u00e9""#, #""\ud83d\ude00""#, #"{"\u0061":1}"#, #"{"keyname2":1,"keyname1":2}"#,
      #"{"a":{"y":1,"x":2}}"#, #""\u007f""#,
    ])
  func notCanonical(text: String) throws {
    var canonical = true
    _ = try JSON.parseNoting(canonical: &canonical, Array(text.utf8)[...])
    #expect(!canonical)
  }

  @Test(
    "a text that is canonical is noted",
    arguments: [
      "1", "[1,2]", "{}", "[]", #"{"a":1,"b":[{"x":1,"y":2}]}"#, #""/é\b\t\n\f\r\"\\\u0000\u001f\u000b""#,
      "\"\u{7f}\u{2028}\"",
      #"{"a\n":1,"a\"":2,"aa":3}"#, #"{"\n":1,"!":2,"\\":3}"#, "-5", "null", "{\"\u{FF61}\":1,\"😀\":2}",
    ])
  func isCanonical(text: String) throws {
    var canonical = false
    let value = try JSON.parseNoting(canonical: &canonical, Array(text.utf8)[...])
    #expect(canonical)
    #expect(value.canonical() == Array(text.utf8))
  }

  @Test("the text for people has a line for each item")
  func pretty() throws {
    let value: JSON = ["a": [1, [], ["b": nil, "c": [true]]], "d": [:], "e\n": "x"]
    let expected = """
      {
        "a": [
          1,
          [],
          {
            "b": null,
            "c": [
              true
            ]
          }
        ],
        "d": {},
        "e\\n": "x"
      }
      """
    #expect(String(decoding: value.pretty(), as: UTF8.self) == expected)
    #expect(try JSON.parse(value.pretty()) == value)
    #expect(JSON.int(1).pretty() == [0x31])
  }
}
