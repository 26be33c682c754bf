import Testing

@testable import HTTP

@Suite("ByteSet")
struct ByteSetTests {
  private static let alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

  @Test("the constants are the grammar's sets")
  func constants() {
    let token = Set((Self.alphanumeric + "!#$%&'*+-.^_`|~").utf8)
    let pathOrQuery = Set((Self.alphanumeric + "-._~!$&'()*+,;=:@/?%").utf8)
    let hostName = Set((Self.alphanumeric + "-._~").utf8)
    for byte in UInt8.min...UInt8.max {
      #expect(byte.isToken == token.contains(byte))
      #expect(byte.isPathOrQuery == pathOrQuery.contains(byte))
      #expect(byte.isHostName == hostName.contains(byte))
    }
  }

  @Test("digits, letters and case are ASCII's")
  func classes() {
    for byte in UInt8.min...UInt8.max {
      let scalar = Unicode.Scalar(byte)
      #expect(byte.isDigit == ("0"..."9").contains(scalar))
      #expect(byte.isLetter == (("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)))
      let isHex = byte.isDigit || ("a"..."f").contains(scalar) || ("A"..."F").contains(scalar)
      #expect((byte.hexValue != nil) == isHex)
      if isHex { #expect(byte.hexValue == UInt8(String(scalar), radix: 16)) }
      #expect(byte.lowercased == (("A"..."Z").contains(scalar) ? byte + 32 : byte))
      #expect(byte.isFieldContent == (byte == 9 || byte >= 32 && byte != 127))
    }
  }
}
