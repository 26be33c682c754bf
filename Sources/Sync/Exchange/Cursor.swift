import Crypto
public import JSON

/// A point in a hub's log, opaque to clients: hub, seq, and the first bytes of the chain there.
public struct Cursor: Hashable, Sendable, CustomStringConvertible {
  /// The hub whose log it points into.
  public let hub: Text
  /// The last entry that was read; 0 is the beginning.
  public let seq: Int64
  /// The first eight bytes of chain(seq), big-endian.
  public let chain: UInt64
  /// Whether the reader is still taking states, and must go on taking them until the head.
  public let isCatchingUp: Bool

  /// A cursor from its parts.
  public init(hub: Text, seq: Int64, chain: UInt64, isCatchingUp: Bool = false) {
    self.hub = hub
    self.seq = seq
    self.chain = chain
    self.isCatchingUp = isCatchingUp
  }

  /// Reads `c1.HUB.SEQ.CHAIN` or `s1.HUB.SEQ.CHAIN` (catching up).
  public init?(_ text: Text) {
    let parts = text.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == Array("c1".utf8)[...] || parts[0] == Array("s1".utf8)[...],
      let hub = Text(validating: parts[1]), Self.isHubID(hub), let seq = Self.seq(parts[2]), parts[3].count == 16,
      let chain = Hex.decode16(parts[3])
    else { return nil }
    self.init(hub: hub, seq: seq, chain: chain, isCatchingUp: parts[0].first == UInt8(ascii: "s"))
  }

  /// The cursor as it travels.
  public var text: Text { Text(description) }

  /// The printable form.
  public var description: String { "\(isCatchingUp ? "s1" : "c1").\(hub).\(seq).\(Hex.encode(chain))" }

  /// Whether a text can be the id of a hub: 8 to 40 of `a-z`, `0-9`.
  public static func isHubID(_ text: Text) -> Bool {
    (8...40).contains(text.count)
      && text.bytes.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }
  }

  private static func seq(_ digits: ArraySlice<UInt8>) -> Int64? {
    digits == [UInt8(ascii: "0")] ? 0 : ChangeName.number(digits)
  }
}
