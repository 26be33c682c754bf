import Crypto
import JSON
import Store

/// Where the hub's log and records stand: what every transaction moves, and a failed one puts back.
struct HubPoint {
  /// The last seq.
  var seq: Int64 = 0
  /// The chain there.
  var chain = Digest.zero
  /// The sum of the hashes of all states, mod 2^256.
  var digest = Digest.zero

  private static let key: Text = "point"

  init() {}

  /// Reads the point, and checks that it stands at the end of the log.
  init(_ store: Store) throws {
    let last = try store.log.lastPosition()
    guard let bytes = try store.settings.bytes(Self.key) else {
      guard last == 0 else { throw StoreError("the file holds a log but not where it ends") }
      return
    }
    guard bytes.count == 72, let chain = Digest(bytes[8..<40]), let digest = Digest(bytes[40..<72]) else {
      throw StoreError("where the log ends is damaged")
    }
    seq = bytes[..<8].reduce(0) { $0 << 8 | Int64($1) }
    self.chain = chain
    self.digest = digest
    guard seq == last, try store.log.chain(at: last) == chain.prefix else {
      throw StoreError("the log ends at \(last), not at \(seq) as was written down")
    }
  }

  /// Writes the point; belongs into the transaction that moved it.
  func save(to store: Store) throws {
    var bytes: [UInt8] = []
    for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: seq >> Int64(shift))) }
    chain.append(to: &bytes)
    digest.append(to: &bytes)
    try store.settings.set(Self.key, bytes)
  }
}
