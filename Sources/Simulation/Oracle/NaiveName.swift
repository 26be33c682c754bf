import Crypto

/// The name of a change: its first dot and the first eight bytes of the hash that it had there (Protocol,
/// 2.4).
struct NaiveName: Hashable, Comparable, CustomStringConvertible {
  let replica: [UInt8]
  let n: Int64
  let hash: UInt64

  init(replica: [UInt8], n: Int64, hash: UInt64) {
    self.replica = replica
    self.n = n
    self.hash = hash
  }

  /// Reads `replica:n:hash`; nil for anything else.
  init?(_ text: [UInt8]) {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].count == 16, let hash = Hex.decode16(parts[2]) else { return nil }
    guard case .number(let n)? = NaiveReader.readCanonical(Array(parts[1])), n >= 1 else { return nil }
    self.init(replica: Array(parts[0]), n: n, hash: hash)
  }

  /// As it stands in changes and states.
  var text: [UInt8] { replica + Array(":\(n):".utf8) + Hex.encodeBytes(hash) }

  var description: String { text.shown }

  /// The member is what stands before the last six characters of the replica's id.
  var member: ArraySlice<UInt8> { replica.dropLast(6) }

  static func < (one: NaiveName, other: NaiveName) -> Bool {
    if one.replica != other.replica { return one.replica.lexicographicallyPrecedes(other.replica) }
    return (one.n, one.hash) < (other.n, other.hash)
  }
}
