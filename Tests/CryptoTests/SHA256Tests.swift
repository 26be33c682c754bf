import Crypto
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// The examples of FIPS 180-4 and NIST's byte-oriented short messages.
  static let vectors: [(message: [UInt8], digest: String)] = [
    ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      Array(
        ("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu")
          .utf8),
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    ([0xd3], "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1"),
    ([0x11, 0xaf], "5ca7133fa735326081558ac312c620eeca9970d1e70a4b95533d956f072d1f98"),
    ([0xbd], "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"),
    ([0xc9, 0x8c, 0x8e, 0x55], "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504"),
    ([UInt8](repeating: 0, count: 55), "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"),
    ([UInt8](repeating: 0, count: 56), "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"),
    ([UInt8](repeating: 0, count: 57), "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785"),
    ([UInt8](repeating: 0, count: 64), "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"),
    ([UInt8](repeating: 0, count: 1000), "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53"),
    (
      [UInt8](repeating: 0x41, count: 1000),
      "c2e686823489ced2017f6059b8b239318b6364f6dcd835d0a519105a1eadd6e4"
    ),
  ]

  @Test("the published examples", arguments: vectors)
  func examples(message: [UInt8], digest: String) {
    #expect(SHA256.hash(message).hex == digest)
    #expect(SHA256.hash(([7] + message)[1...]).hex == digest)
  }

  @Test("a million times the letter a, in pieces of any size", arguments: [1_000_000, 977])
  func millionLetters(_ piece: Int) {
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    var hash = SHA256()
    var start = 0
    while start < letters.count {
      let end = min(start + piece, letters.count)
      hash.update(letters[start..<end])
      start = end
    }
    #expect(hash.finish().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("byte by byte and in one piece are the same, for every length up to 300")
  func everyLength() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
    var seen: Set<Digest> = []
    for length in 0...300 {
      let message = Array(bytes[..<length])
      var single = SHA256()
      for byte in message { single.update([byte]) }
      let whole = SHA256.hash(message)
      #expect(single.finish() == whole, "length \(length)")
      seen.insert(whole)
    }
    #expect(seen.count == 301)
  }

  @Test("a message in two pieces is the same, wherever it is cut")
  func everyCut() {
    let message = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 91) }
    let whole = SHA256.hash(message)
    for cut in 0...message.count {
      var hash = SHA256()
      message[..<cut].withUnsafeBytes { hash.update($0) }
      hash.update(message[cut...])
      #expect(hash.finish() == whole, "cut at \(cut)")
    }
  }

  @Test("after finishing it starts anew, and a copy goes its own way")
  func finishAndCopy() {
    var hash = SHA256()
    hash.update(Array("ab".utf8))
    var copy = hash
    hash.update(Array("c".utf8))
    #expect(hash.finish() == SHA256.hash(Array("abc".utf8)))
    #expect(hash.finish() == SHA256.hash([]))
    #expect(copy.finish() == SHA256.hash(Array("ab".utf8)))
  }

  @Test("no input through an empty pointer is no input")
  func emptyPointer() {
    var hash = SHA256()
    hash.update(UnsafeRawBufferPointer(start: nil, count: 0))
    #expect(hash.finish() == SHA256.hash([]))
  }
}
