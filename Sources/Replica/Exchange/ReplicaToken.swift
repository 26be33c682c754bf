import Crypto
import JSON

/// The secret that opens the hub for one replica: made by the replica, known to the hub by its SHA-256 only.
enum ReplicaToken {
  /// A new token of 256 random bits.
  static func make(_ random: (Int) -> [UInt8]) -> Text { Text(Base32.encode(random(32))) }
}
