import Crypto
public import JSON

/// What a change is called for ever: its first dot and the first eight bytes of its hash.
///
/// A change that has to be written again under another dot (after a fork) keeps its name, so everything that
/// mentions it stays true.
public struct ChangeName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The replica that wrote the change first.
  public let replica: ReplicaID
  /// The change's number at that replica.
  public let n: Int64
  /// The first eight bytes of the hash that the change had then, big-endian.
  public let hash: UInt64

  /// A name from its parts.
  public init(replica: ReplicaID, n: Int64, hash: UInt64) {
    self.replica = replica
    self.n = n
    self.hash = hash
  }

  /// Compares the numbers first: they tell most names apart.
  public static func == (a: ChangeName, b: ChangeName) -> Bool {
    a.n == b.n && a.hash == b.hash && a.replica == b.replica
  }

  /// Reads `replica:n:hash`, the form that travels; refuses any other spelling of the same name.
  public init?(_ text: Text) {
    let parts = text.bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3, let id = Text(validating: parts[0]).flatMap({ ReplicaID($0) }),
      let n = Self.number(parts[1]), parts[2].count == 16, let hash = Hex.decode16(parts[2])
    else { return nil }
    self.init(replica: id, n: n, hash: hash)
  }

  /// The name as it travels.
  public var text: Text { Text(description) }

  /// `replica:n:hash`, the hash as sixteen hexadecimal digits.
  public var description: String { "\(replica.text.string):\(n):\(Hex.encode(hash))" }

  /// Orders by replica, then number, then hash; the same on every machine.
  public static func < (a: ChangeName, b: ChangeName) -> Bool {
    if a.n == b.n, a.replica == b.replica { return a.hash < b.hash }
    return a.replica == b.replica ? a.n < b.n : a.replica < b.replica
  }

  /// A counter: one to 2^53 - 1, without sign or leading zero.
  static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    guard (1...16).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
    var value: Int64 = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int64(digit - UInt8(ascii: "0"))
    }
    return value <= Limits.largestInteger ? value : nil
  }
}
