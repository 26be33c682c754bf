import Crypto
import Testing

@Suite("Hex, Base32 and tokens")
struct EncodingTests {
  @Test("every byte goes to two lower-case digits and back")
  func hexBytes() {
    let bytes = Array(0...255 as ClosedRange<UInt8>)
    #expect(Hex.decode(Hex.encodeBytes(bytes)) == bytes)
    #expect(Hex.encode([0x00, 0x0f, 0xf0, 0xa9]) == "000ff0a9")
    #expect(Hex.encode([]).isEmpty && Hex.decode([]) == [])
    #expect(Hex.decode(Array("xx01ff".utf8)[2...]) == [1, 255])
  }

  @Test(
    "anything but pairs of lower-case digits is refused",
    arguments: ["0", "0A", "0g", " 0", "0x", "abc", "a/", "a:", "a`", "é0"])
  func hexRefusals(_ text: String) {
    #expect(Hex.decode(Array(text.utf8)) == nil)
  }

  @Test("a number has sixteen digits")
  func hexNumbers() {
    for (number, digits) in [
      (0, "0000000000000000"), (1, "0000000000000001"), (.max, "ffffffffffffffff"),
      (0x0123_4567_89ab_cdef, "0123456789abcdef"),
    ] as [(UInt64, String)] {
      #expect(Hex.encode(number) == digits)
      #expect(Hex.encodeBytes(number) == Array(digits.utf8))
      #expect(Hex.decode16(Array(digits.utf8)) == number)
      #expect(Hex.decode16(Array("0\(digits)".utf8)[1...]) == number)
    }
    for text in ["", "0", "000000000000000", "00000000000000000", "000000000000000A", "+000000000000001"] {
      #expect(Hex.decode16(Array(text.utf8)) == nil)
    }
  }

  @Test(
    "Crockford's alphabet, five bits a character",
    arguments: [
      ([], ""), ([0], "00"), ([0xFF], "zw"), ([0x08], "10"), ([0xF8, 0x3E, 0x0F, 0x83, 0xE0], "z0z0z0z0"),
      ([0x00, 0x44, 0x32, 0x14, 0xC7, 0x42, 0x54, 0xB6, 0x35, 0xCF], "0123456789abcdef"),
      ([0x84, 0x65, 0x3A, 0x56, 0xD7, 0xC6, 0x75, 0xBE, 0x77, 0xDF], "ghjkmnpqrstvwxyz"),
    ] as [([UInt8], String)])
  func base32(bytes: [UInt8], text: String) {
    #expect(Base32.encode(bytes) == text)
  }

  @Test("a token has as many random bytes as asked for")
  func tokens() {
    var generator = SplitMix64(seed: 1)
    var same = SplitMix64(seed: 1)
    let token = RandomToken.make(using: &generator)
    #expect(token.utf8.count == 52)
    #expect(token == RandomToken.make(using: &same))
    #expect(token != RandomToken.make(using: &generator))
    for count in 0...20 {
      #expect(RandomToken.make(bytes: count, using: &generator).utf8.count == (count * 8 + 4) / 5)
    }
    #expect(RandomToken.make(bytes: 2, from: { [UInt8](repeating: 0xFF, count: $0) }) == "zzzg")
    var system = SystemRandomNumberGenerator()
    #expect(Set((0..<100).map { _ in RandomToken.make(using: &system) }).count == 100)
  }

  @Test("the word of the generator is used to its last byte")
  func tokenBytes() {
    struct Counting: RandomNumberGenerator {
      var word: UInt64 = 0
      mutating func next() -> UInt64 {
        word += 1
        return word == 1 ? 0x0807_0605_0403_0201 : 0x0A09
      }
    }
    var generator = Counting()
    #expect(RandomToken.make(bytes: 10, using: &generator) == Base32.encode([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
  }

  @Test("equal is what has the same bytes, and nothing else")
  func constantTime() {
    let secret = SHA256.hash([1]).bytes
    #expect(
      constantTimeEqual(secret, secret) && constantTimeEqual([], [])
        && constantTimeEqual(secret, Array(secret)))
    #expect(!constantTimeEqual(secret, []) && !constantTimeEqual(secret, secret + [0]))
    #expect(!constantTimeEqual(secret, Array(secret.dropLast())) && !constantTimeEqual([0], [0, 0]))
    for index in secret.indices {
      for bit in 0..<8 as Range<UInt8> {
        var other = secret
        other[index] ^= 1 << bit
        #expect(!constantTimeEqual(secret, other))
      }
    }
    // Two differences that would cancel out in a sum or an exclusive or over the whole.
    #expect(!constantTimeEqual([1, 1, 0], [0, 0, 0]))
  }
}
