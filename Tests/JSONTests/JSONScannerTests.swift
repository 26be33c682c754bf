import JSON
import Testing

@Suite("JSONScanner")
struct JSONScannerTests {
  @Test("a fixed shape is read with raw slices for what need not be understood")
  func fixedShape() throws {
    let bytes = Array(
      #" { "id" : "x1", "set": {"b": [1, 2.50], "a":"é"} ,"list":[1,"two",{"k":3}], "n":-7 } "#.utf8)
    var scanner = try JSONScanner(bytes)
    try scanner.beginObject()
    #expect(try scanner.nextKey() == "id")
    #expect(try scanner.value() == "x1")
    #expect(try scanner.nextKey() == "set")
    let range = try scanner.skip()
    #expect(bytes[range] == Array(#"{"b": [1, 2.50], "a":"é"}"#.utf8)[...])
    #expect(try scanner.nextKey() == "list")
    try scanner.beginArray()
    #expect(try scanner.nextElement())
    #expect(try scanner.value() == 1)
    #expect(try scanner.nextElement())
    #expect(try scanner.peek() == UInt8(ascii: "\""))
    #expect(try scanner.value() == "two")
    #expect(try scanner.nextElement())
    try scanner.beginObject()
    #expect(try scanner.nextKey() == "k")
    #expect(try scanner.skip().count == 1)
    #expect(try scanner.nextKey() == nil)
    #expect(try scanner.nextElement() == false)
    #expect(try scanner.nextKey() == "n")
    #expect(try scanner.value() == -7)
    #expect(try scanner.nextKey() == nil)
    try scanner.finish()
    #expect(scanner.offset == bytes.count)
  }

  @Test("a value of another type is refused where it begins")
  func wrongType() throws {
    var first = try JSONScanner(Array("  [1]".utf8))
    #expect(throws: JSONError(kind: .unexpectedByte, offset: 2)) { try first.beginObject() }
    var second = try JSONScanner(Array("{}".utf8))
    #expect(throws: JSONError(kind: .unexpectedByte, offset: 0)) { try second.beginArray() }
  }

  @Test("a duplicate key is refused among members that were skipped, read and opened")
  func duplicateKeys() throws {
    var scanner = try JSONScanner(Array(#"{"b":{"b":1},"a":[1],"\u0062":1}"#.utf8))
    try scanner.beginObject()
    #expect(try scanner.nextKey() == "b")
    try scanner.beginObject()
    #expect(try scanner.nextKey() == "b")
    _ = try scanner.skip()
    #expect(try scanner.nextKey() == nil)
    #expect(try scanner.nextKey() == "a")
    _ = try scanner.value()
    #expect(throws: JSONError(kind: .duplicateKey, offset: 21)) { try scanner.nextKey() }
  }

  @Test("bytes after the value, and a value that is not complete, are no end")
  func finish() throws {
    var scanner = try JSONScanner(Array("1 x".utf8))
    _ = try scanner.value()
    #expect(throws: JSONError(kind: .trailingBytes, offset: 2)) { try scanner.finish() }
    var open = try JSONScanner(Array("[]".utf8))
    try open.beginArray()
    #expect(throws: JSONError(kind: .outOfTurn, offset: 1)) { try open.finish() }
    var untouched = try JSONScanner([])
    #expect(throws: JSONError(kind: .outOfTurn, offset: 0)) { try untouched.finish() }
  }

  @Test("a call out of turn throws")
  func outOfTurn() throws {
    let bytes = Array(#"{"a":1}"#.utf8)
    var scanner = try JSONScanner(bytes)
    #expect(throws: JSONError(kind: .outOfTurn, offset: 0)) { try scanner.nextKey() }
    scanner = try JSONScanner(bytes)
    try scanner.beginObject()
    #expect(throws: JSONError(kind: .outOfTurn, offset: 1)) { try scanner.value() }
    scanner = try JSONScanner(bytes)
    try scanner.beginObject()
    #expect(throws: JSONError(kind: .outOfTurn, offset: 1)) { try scanner.nextElement() }
    scanner = try JSONScanner(bytes)
    _ = try scanner.value()
    #expect(throws: JSONError(kind: .outOfTurn, offset: 7)) { try scanner.value() }
  }

  @Test("after an error nothing more is given, even where the text would go on well")
  func spentAfterError() throws {
    var scanner = try JSONScanner(Array("[[1,],2]".utf8))
    try scanner.beginArray()
    _ = try scanner.nextElement()
    #expect(throws: JSONError(kind: .trailingComma, offset: 3)) { try scanner.skip() }
    #expect(throws: JSONError.self) { try scanner.nextElement() }
    #expect(throws: JSONError.self) { try scanner.finish() }
    #expect(throws: JSONError.self) { try scanner.peek() }
  }

  @Test("random calls on random texts never trap")
  func randomCalls() throws {
    var random = RandomJSON(seed: 99)
    for _ in 0..<3_000 {
      var scanner = try JSONScanner(random.looseText(of: random.value(), looseness: 5))
      for _ in 0..<30 {
        switch random.generator.below(8) {
        case 0: try? scanner.beginObject()
        case 1, 2: _ = try? scanner.nextKey()
        case 3: try? scanner.beginArray()
        case 4: _ = try? scanner.nextElement()
        case 5: _ = try? scanner.value()
        case 6: _ = try? scanner.skip()
        default: try? scanner.finish()
        }
      }
    }
  }
}
