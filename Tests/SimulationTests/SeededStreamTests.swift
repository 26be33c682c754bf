import Testing

@testable import Simulation

@Suite("SeededStream")
struct SeededStreamTests {
  @Test("the numbers are those of the published SplitMix64")
  func vectors() {
    var stream = SeededStream(state: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in stream.next() } == expected)
  }

  @Test("the same seed and purpose give the same numbers, another seed or purpose gives others")
  func purposes() {
    var firsts: Set<UInt64> = []
    for seed in UInt64(0)..<1000 {
      for purpose in ["hub", "replica 1", "replica 2", ""] {
        var stream = SeededStream(seed: seed, purpose: purpose)
        firsts.insert(stream.next())
      }
    }
    #expect(firsts.count == 4000)
    #expect(SeededStream(seed: 7, purpose: "hub") == SeededStream(seed: 7, purpose: "hub"))
  }

  @Test("one stream is never a late part of another")
  func overlap() {
    var seen: Set<UInt64> = []
    for seed in UInt64(0)..<100 {
      var stream = SeededStream(seed: seed, purpose: "overlap")
      for _ in 0..<100 { seen.insert(stream.next()) }
    }
    #expect(seen.count == 10_000)
  }

  @Test("a bound is kept and every number below it is drawn about as often")
  func below() {
    var stream = SeededStream(seed: 1, purpose: "below")
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<7000 { counts[stream.below(7)] += 1 }
    #expect(counts.allSatisfy { (850...1150).contains($0) })
    #expect((0..<100).allSatisfy { _ in stream.below(1) == 0 })
  }

  @Test("a chance of one in ten comes about once in ten times, and one in zero never")
  func chance() {
    var stream = SeededStream(seed: 2, purpose: "chance")
    let hits = (0..<10_000).filter { _ in stream.chance(oneIn: 10) }.count
    #expect((900...1100).contains(hits))
    #expect((0..<100).allSatisfy { _ in !stream.chance(oneIn: 0) })
  }

  @Test("memory of any length is filled to its end and not beyond", arguments: 0...17)
  func fill(count: Int) {
    var stream = SeededStream(seed: 3, purpose: "fill")
    var bytes = [UInt8](repeating: 0xAA, count: 24)
    bytes.withUnsafeMutableBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      stream.fill(start, count: count)
    }
    #expect(bytes[count...].allSatisfy { $0 == 0xAA })
    if count > 8 { #expect(bytes[..<count].contains { $0 != 0xAA }) }
  }
}
