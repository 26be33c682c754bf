/// A repeatable stream of pseudo-random numbers, one for each seed and purpose (SplitMix64).
///
/// Every node draws from a stream of its own for every purpose. With one stream for all, leaving out a single
/// draw would change everything after it, and a failing run could not be made smaller. It is no
/// `RandomNumberGenerator`: what the standard library makes of one may change from release to release.
public struct SeededStream: Sendable, Equatable {
  private var state: UInt64

  /// Begins the stream of a purpose, for example "hub power loss".
  public init(seed: UInt64, purpose: String) {
    // FNV-1a, 64 bits. The seed comes last: different seeds of one purpose then never meet.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      hash = (hash ^ (seed >> shift) & 0xFF) &* 0x100_0000_01B3
    }
    // Neighbouring states give the same numbers one step later, so they are driven apart first.
    state = Self.mixed(hash)
  }

  /// Begins at a state of the generator itself, as its published test vectors do.
  init(state: UInt64) {
    self.state = state
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A number from 0 up to, but without, the bound, which is at least 1.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "there is no number below \(bound)")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// Whether something happens that happens once in so many times; never if that is 0.
  public mutating func chance(oneIn count: Int) -> Bool {
    count > 0 && below(count) == 0
  }

  /// Overwrites memory with random bytes.
  mutating func fill(_ start: UnsafeMutableRawPointer, count: Int) {
    var offset = 0
    while offset < count {
      var word = next()
      let length = min(8, count - offset)
      (start + offset).copyMemory(from: &word, byteCount: length)
      offset += length
    }
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
