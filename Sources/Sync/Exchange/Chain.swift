public import Crypto

/// The rolling hash over a hub's log: chain(k) = SHA-256(chain(k-1) ‖ hash(k) ‖ time(k)), chain(0) = 32 zero bytes.
///
/// It is what tells one history from another: a log that was restored and went on differs from the first new entry.
public enum Chain {
  /// The chain before the first entry.
  public static let start = Digest.zero

  /// The chain after one more entry.
  ///
  /// - Parameters:
  ///   - previous: the chain before the entry.
  ///   - hash: the hash of the entry's change.
  ///   - time: the hub's clock at acceptance, in milliseconds; hashed as eight bytes, big-endian.
  public static func next(_ previous: Digest, hash: Digest, time: Int64) -> Digest {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(72)
    previous.append(to: &bytes)
    hash.append(to: &bytes)
    for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: time >> Int64(shift))) }
    return SHA256.hash(bytes)
  }
}
