import JSON
import Records
import Testing

@Suite("Positions")
struct PositionTests {
  @Test("ten thousand insertions at random places stay strictly ordered")
  func randomInsertions() {
    var random = SplitMix(state: 7)
    var positions: [Text] = []
    for _ in 0..<10_000 {
      let index = Int(random.next() % UInt64(positions.count + 1))
      let before = index > 0 ? positions[index - 1] : nil
      let after = index < positions.count ? positions[index] : nil
      let position = Position.between(before, after)
      if !Position.isValid(position) { Issue.record("\(position) is no position") }
      if let before, !(before < position) { Issue.record("\(position) is not after \(before)") }
      if let after, !(position < after) { Issue.record("\(position) is not before \(after)") }
      positions.insert(position, at: index)
    }
    #expect(positions.map(\.count).max() ?? 0 < 40)
  }

  @Test("insertions at one place, at the front and at the end find room", arguments: [0, 1, 2])
  func insertionsAtOnePlace(_ place: Int) {
    var low: Text? = place == 0 ? nil : "1"
    var high: Text? = place == 2 ? nil : "2"
    for turn in 0..<2_000 {
      let position = place == 2 ? Position.after(low) : Position.between(low, high)
      #expect(low.map { $0 < position } ?? true)
      #expect(high.map { position < $0 } ?? true)
      #expect(position.bytes.last != UInt8(ascii: "0"))
      if place == 0 || place == 1 && turn % 2 == 0 { high = position } else { low = position }
    }
  }

  @Test(
    "a position lies between its neighbours",
    arguments: [
      ("1", "2", "1V"), ("1", "3", "2"), ("1", "11", "10V"), ("z", nil, "z1"), ("zz", nil, "zz1"),
      ("az", nil, "b"),
      (nil, "1", "0V"), (nil, "01", "00V"), (nil, nil, "V"), ("9", "A", "9V"), ("Z", "a", "ZV"),
      ("1z", "2", "1zV"),
    ] as [(Text?, Text?, Text)])
  func between(_ low: Text?, _ high: Text?, _ expected: Text) {
    #expect(Position.between(low, high) == expected)
  }

  @Test("two items that share a position are followed, and no bad position makes a loop")
  func badNeighbours() {
    #expect(Position.between("V", "V") == "W")
    #expect(Position.between("W", "V") == "X")
    #expect(Position.between("1", "10") == "2")
    #expect(Position.between("-", "é") == "V")
    #expect(Position.between("", "0") == "V")
  }

  @Test("what is no position is refused", arguments: ["", "0", "10", "a-b", "é", " 1"] as [Text])
  func invalid(_ text: Text) { #expect(!Position.isValid(text)) }
}

/// A small seeded generator.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
