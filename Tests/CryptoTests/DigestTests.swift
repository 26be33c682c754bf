import Crypto
import Testing

@Suite("Digest")
struct DigestTests {
  private let one = Digest(bytes: [UInt8](repeating: 0, count: 31) + [1])
  private let greatest = Digest(bytes: [UInt8](repeating: 0xFF, count: 32))

  @Test("only 32 bytes or 64 lower-case digits make a digest")
  func inits() throws {
    let bytes = Array(0..<32 as Range<UInt8>)
    let digest = try #require(Digest(bytes: bytes))
    let hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
    #expect(
      digest.bytes == bytes && digest.hex == hex && digest.hexBytes == Array(hex.utf8) && "\(digest)" == hex)
    #expect(Digest(hex: hex) == digest && Digest(hex: Array(hex.utf8)) == digest)
    #expect(Digest(hex: Array("x\(hex)".utf8)[1...]) == digest && Digest(([9] + bytes)[1...]) == digest)
    #expect(digest.prefix == 0x0001_0203_0405_0607)
    var appended: [UInt8] = [5]
    digest.append(to: &appended)
    #expect(appended == [5] + bytes)
    #expect(Digest(bytes: bytes + [0]) == nil && Digest(bytes[1...]) == nil && Digest(bytes: []) == nil)
    #expect(
      Digest(hex: hex.uppercased()) == nil && Digest(hex: hex + "00") == nil
        && Digest(hex: "g" + hex.dropFirst()) == nil)
    #expect(Digest.zero.bytes == [UInt8](repeating: 0, count: 32))
  }

  @Test("the order is that of the bytes")
  func order() {
    let digests =
      (0..<60 as Range<UInt8>).map { SHA256.hash([$0]) } + [.zero, one, greatest].compactMap { $0 }
    for left in digests {
      for right in digests {
        #expect((left < right) == left.bytes.lexicographicallyPrecedes(right.bytes))
        #expect((left == right) == (left.bytes == right.bytes))
      }
    }
  }

  @Test("a difference in any byte is seen", arguments: 0..<32)
  func everyByteCounts(_ index: Int) throws {
    var bytes = [UInt8](repeating: 0, count: 32)
    bytes[index] = 1
    let digest = try #require(Digest(bytes: bytes))
    #expect(digest != .zero && .zero < digest && digest.bytes == bytes)
    #expect(Digest.zero &+ digest == digest && digest &- digest == .zero)
  }

  @Test("a carry and a borrow run through all words")
  func carries() throws {
    let one = try #require(one)
    let greatest = try #require(greatest)
    #expect(greatest &+ one == .zero)
    #expect(.zero &- one == greatest)
    #expect(greatest &+ greatest == greatest &- one)
    for place in 1...31 {
      let low = try #require(
        Digest(hex: String(repeating: "00", count: 32 - place) + String(repeating: "ff", count: place)))
      let next = low &+ one
      #expect(
        next.bytes.enumerated().allSatisfy { $0.element == ($0.offset == 31 - place ? 1 : 0) },
        "place \(place)")
      #expect(next &- one == low, "place \(place)")
    }
  }

  @Test("the sum is that of the bytes as integers, in any order, and the difference undoes it")
  func laws() throws {
    var generator = SplitMix64(seed: 4)
    for round in 0..<2_000 {
      let numbers = (0..<3).map { _ in random(&generator) }
      let (a, b, c) = (numbers[0], numbers[1], numbers[2])
      #expect((a &+ b).bytes == schoolbookSum(a.bytes, b.bytes), "round \(round)")
      #expect(a &+ b == b &+ a, "round \(round)")
      #expect((a &+ b) &+ c == a &+ (b &+ c), "round \(round)")
      #expect((a &+ b) &- b == a && (a &- b) &+ b == a && a &- b == (a &- c) &- (b &- c), "round \(round)")
    }
  }

  /// Words of all ones and of zeros are frequent, because there the carries are.
  private func random(_ generator: inout SplitMix64) -> Digest {
    let bytes = (0..<4).flatMap { _ in
      switch generator.next() % 4 {
      case 0: [UInt8](repeating: 0xFF, count: 8)
      case 1: [UInt8](repeating: 0, count: 8)
      default: (0..<8).map { _ in UInt8.random(in: 0...255, using: &generator) }
      }
    }
    return Digest(bytes: bytes) ?? .zero
  }

  private func schoolbookSum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var sum = left
    var carry = 0
    for index in left.indices.reversed() {
      let total = Int(left[index]) + Int(right[index]) + carry
      sum[index] = UInt8(total & 0xFF)
      carry = total >> 8
    }
    return sum
  }
}
