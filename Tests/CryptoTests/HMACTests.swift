import Crypto
import Testing

@Suite("HMAC")
struct HMACTests {
  /// The test cases of RFC 4231 section 4, without number 5 (a truncated output).
  static let vectors: [(key: [UInt8], message: [UInt8], digest: String)] = [
    (
      [UInt8](repeating: 0x0b, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 20), [UInt8](repeating: 0xdd, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      Array(0x01...0x19), [UInt8](repeating: 0xcd, count: 50),
      "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131),
      Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131),
      Array(
        ("This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
      "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    ),
  ]

  @Test("the published examples", arguments: vectors)
  func examples(key: [UInt8], message: [UInt8], digest: String) {
    #expect(HMAC.sha256(key: key, message: message).hex == digest)
  }

  @Test("a truncated output is the beginning of the whole one (RFC 4231 section 4.6)")
  func truncated() {
    let digest = HMAC.sha256(
      key: [UInt8](repeating: 0x0c, count: 20), message: Array("Test With Truncation".utf8))
    #expect(digest.hex.hasPrefix("a3b6167473100ee06e0c796c2955552b"))
  }

  @Test("a key of a block is taken as it is, a longer one is hashed")
  func keyLengths() {
    let block = [UInt8](repeating: 3, count: 64)
    let longer = block + [3]
    #expect(
      HMAC.sha256(key: longer, message: [1]) == HMAC.sha256(key: SHA256.hash(longer).bytes, message: [1]))
    #expect(HMAC.sha256(key: block, message: [1]) != HMAC.sha256(key: SHA256.hash(block).bytes, message: [1]))
    #expect(HMAC.sha256(key: [], message: []) == HMAC.sha256(key: [0, 0], message: []))
  }
}
