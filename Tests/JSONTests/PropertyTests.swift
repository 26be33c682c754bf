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

  @Test("mutated bytes never trap, and all ways of reading agree on them")
  func mutations() throws {
    var random = RandomJSON(seed: 2_026)
    var accepted = 0
    var text: [UInt8] = []
    for round in 0..<100_000 {
      if round % 50 == 0 { text = random.looseText(of: random.value(depth: 2), looseness: 8) }
      let mutated = mutate(text, using: &random.generator)
      if agree(on: mutated, round) { accepted += 1 }
    }
    #expect(accepted > 5_000)
    #expect(accepted < 80_000)
  }

  private func agree(on bytes: [UInt8], _ round: Int) -> Bool {
    var canonical = false
    let parsed = Result { () throws(JSONError) in try JSON.parseNoting(canonical: &canonical, bytes[...]) }
    let skipped = Result { () throws(JSONError) in try Reading.skipping(bytes) }
    let pulled = Result { () throws(JSONError) in try Reading.pulling(bytes) }
    switch (parsed, skipped, pulled) {
    case (.success(let value), .success(let range), .success(let other)):
      if value != other || (try? JSON.parse(bytes[range])) != value
        || (try? JSON.parse(value.write())) != value
      {
        Issue.record("round \(round): the values differ for \(bytes)")
      }
      if canonical != (value.isCanonicalizable && value.canonical() == bytes) {
        Issue.record("round \(round): canonical is \(canonical) for \(bytes)")
      }
      return true
    case (.failure(let error), .failure(let second), .failure(let third)):
      if error != second || error != third || error.offset > bytes.count || canonical {
        Issue.record("round \(round): \(error), \(second), \(third) for \(bytes)")
      }
    default:
      Issue.record("round \(round): accepted by some, refused by others: \(bytes)")
    }
    return false
  }

  private func mutate(_ bytes: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
    let telling = Array("{}[]\",:\\u019-+.eE tfn\n".utf8) + [0, 0x1F, 0x7F, 0x80, 0xC3, 0xED, 0xF0, 0xFF]
    var bytes = bytes
    for _ in 0...generator.below(2) where !bytes.isEmpty {
      let place = generator.below(bytes.count)
      let byte = telling[generator.below(telling.count)]
      switch generator.below(5) {
      case 0: bytes[place] = byte
      case 1: bytes.insert(byte, at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes[place] ^= 1 << UInt8(generator.below(8))
      default: bytes.swapAt(place, generator.below(bytes.count))
      }
    }
    return bytes
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
