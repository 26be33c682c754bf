@testable import FuzzTargets
import JSON
import Testing

@Suite("Limits")
struct LimitsTests {
  @Test("a text at the limit is accepted, one byte more is too long")
  func bytes() throws {
    let limits = JSONLimits(bytes: 4)
    #expect(try JSON.parse(Array("1234".utf8), limits: limits) == 1234)
    #expect(throws: JSONError(kind: .tooLong, offset: 4)) {
      try JSON.parse(Array("12345".utf8), limits: limits)
    }
    #expect(throws: JSONError(kind: .tooLong, offset: 4)) {
      try JSONScanner(Array("12345".utf8), limits: limits)
    }
  }

  @Test("a string's length counts once its escapes are resolved")
  func stringBytes() throws {
    let limits = JSONLimits(stringBytes: 4)
    for text in [#""abcd""#, #""\u0061\n\\\u0062""#, #""\ud83d\ude00""#, #"{"abcd":1}"#, #""\u00e9é""#] {
      #expect(throws: Never.self) { try JSON.parse(Array(text.utf8), limits: limits) }
    }
    for (text, offset) in [
      (#" "abcde""#, 1), (#""\ud83d\ude00x""#, 0), (#"{"a":1,"abcde":1}"#, 7), ("[12345]", 1),
    ] {
      let error = JSONError(kind: .tooLong, offset: offset)
      #expect(throws: error) { try JSON.parse(Array(text.utf8), limits: limits) }
      #expect(throws: error) { try Reading.skipping(Array(text.utf8), limits: limits) }
    }
  }

  @Test("members and elements are counted per object and array")
  func counts() throws {
    let limits = JSONLimits(members: 2, elements: 2)
    let good = Array(#"[[1,2],{"a":[3,4],"b":{"c":1,"d":2}}]"#.utf8)
    #expect(throws: Never.self) { try JSON.parse(good, limits: limits) }
    for (text, offset) in [("[1,2, 3]", 6), (#"{"a":1,"b":2,"c":3}"#, 13), ("[[],[1,2,3]]", 9)] {
      let error = JSONError(kind: .tooMany, offset: offset)
      #expect(throws: error) { try JSON.parse(Array(text.utf8), limits: limits) }
      #expect(throws: error) { try Reading.skipping(Array(text.utf8), limits: limits) }
      #expect(throws: error) { try Reading.pulling(Array(text.utf8), limits: limits) }
    }
  }

  @Test("ten thousand members are accepted in any order, one more is too many")
  func tenThousandMembers() throws {
    let members = (0...10_000).map { #""\#(($0 * 7_919) % 10_007)":0"# }
    let accepted = Array("{\(members.dropLast().joined(separator: ","))}".utf8)
    #expect(try JSON.parse(accepted).object?.count == 10_000)
    let error = JSONError(kind: .tooMany, offset: accepted.count)
    #expect(throws: error) { try JSON.parse(Array("{\(members.joined(separator: ","))}".utf8)) }
  }

  @Test("the 64th level is accepted, the 65th is too deep")
  func depth() throws {
    for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
      func nested(_ levels: Int) -> [UInt8] {
        Array((String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)).utf8)
      }
      #expect(throws: Never.self) { try JSON.parse(nested(64)) }
      let error = JSONError(kind: .tooDeep, offset: 64 * open.utf8.count)
      #expect(throws: error) { try JSON.parse(nested(65)) }
      #expect(throws: error) { try Reading.skipping(nested(65)) }
      #expect(throws: error) { try Reading.pulling(nested(65)) }
    }
    #expect(throws: JSONError(kind: .tooDeep, offset: 0)) {
      try JSON.parse([0x5B, 0x5D], limits: JSONLimits(depth: 0))
    }
  }

  @Test("a hundred thousand brackets do not overflow the stack, whatever the limit")
  func bottomlessDepth() {
    let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    let limits = JSONLimits(depth: .max)
    let error = JSONError(kind: .tooDeep, offset: 512)
    #expect(throws: JSONError(kind: .tooDeep, offset: 64)) { try JSON.parse(brackets) }
    #expect(throws: error) { try JSON.parse(brackets, limits: limits) }
    #expect(throws: error) { try Reading.skipping(brackets, limits: limits) }
  }

  @Test("limits that make no sense refuse, and do not trap")
  func negativeLimits() {
    let limits = JSONLimits(depth: -1, bytes: -1, stringBytes: -1, members: -1, elements: -1)
    #expect(throws: JSONError(kind: .tooLong, offset: 0)) { try JSON.parse([0x31], limits: limits) }
  }
}
