public import Crypto
public import JSON

/// A point in one replica's own history: the last number that somebody holds of it, and the hash there.
public struct OwnPoint: Hashable, Sendable {
  /// The number; 0 where nothing is held.
  public let n: Int64
  /// The hash of the change at that number; zero where nothing is held.
  public let hash: Digest

  /// A point from its parts.
  public init(n: Int64, hash: Digest) {
    self.n = n
    self.hash = hash
  }

  /// Where nothing is held.
  public static let none = OwnPoint(n: 0, hash: .zero)

  /// The point as it travels.
  public var json: JSON { ["hash": .string(Text(hash.hex)), "n": .int(n)] }

  /// Reads a point; `nil` if it is not one.
  public init?(_ json: JSON?) {
    guard let n = json?["n"]?.integer, (0...Limits.largestInteger).contains(n),
      let hash = json?["hash"]?.text.flatMap({ Digest(hex: $0.bytes) })
    else { return nil }
    self.init(n: n, hash: hash)
  }
}
