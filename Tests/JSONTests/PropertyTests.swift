import JSON
import Testing

@Suite("Properties over random values")
struct PropertyTests {
  @Test("what is written is read back as it was, compact, canonical and pretty")
  func roundTrips() throws {
    for seed in 0..<2_000 as Range<UInt64> {
      var random = RandomJSON(seed: seed)
      let value = random.value()
      let written = value.write()
      let canonical = value.canonical()
      #expect(try JSON.parse(written) == value, "seed \(seed)")
      #expect(try JSON.parse(written).write() == written, "seed \(seed)")
      #expect(try JSON.parse(value.pretty()) == value, "seed \(seed)")
      #expect(try JSON.parse(canonical).canonical() == canonical, "seed \(seed)")
      #expect(canonical.count == written.count, "seed \(seed)")
    }
  }

  @Test(
    "any text of a value is read as that value, and its canonical form does not depend on the order of members"
  )
  func looseTexts() throws {
    for seed in 0..<2_000 as Range<UInt64> {
      var random = RandomJSON(seed: seed)
      let value = random.value()
      #expect(try JSON.parse(random.looseText(of: value, looseness: 3)) == value, "seed \(seed)")
      let shuffled = shuffled(value, using: &random.generator)
      #expect(shuffled.canonical() == value.canonical(), "seed \(seed)")
    }
  }

  @Test("a text is noted as canonical exactly when the value would be written so")
  func canonicalIsNotedExactly() throws {
    var canonicalCount = 0
    for seed in 0..<6_000 as Range<UInt64> {
      var random = RandomJSON(seed: seed)
      let value = random.value(depth: 3)
      let sorted = try JSON.parse(value.canonical())
      let text = random.looseText(of: seed % 2 == 0 ? sorted : value, looseness: Int(seed % 3) * 20)
      var noted = false
      let parsed = try JSON.parseNoting(canonical: &noted, text[...])
      #expect(noted == (parsed.isCanonicalizable && parsed.canonical() == text), "seed \(seed)")
      canonicalCount += noted ? 1 : 0
    }
    #expect((1_000..<5_000).contains(canonicalCount))
  }

  private func shuffled(_ value: JSON, using generator: inout SplitMix64) -> JSON {
    switch value {
    case .array(let elements): return .array(elements.map { shuffled($0, using: &generator) })
    case .object(let object):
      let members = object.members.map {
        JSONMember(key: $0.key, value: shuffled($0.value, using: &generator))
      }
      return .object(JSONObject(members.shuffled(using: &generator)))
    default: return value
    }
  }
}
