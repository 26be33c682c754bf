import Crypto

/// A point of a hub's log as a replica keeps it: `c1.HUB.SEQ.CHAIN` or `s1.HUB.SEQ.CHAIN` (Protocol, 6.3).
struct OracleCursor {
  /// Whether its reader is catching up by states.
  let readsStates: Bool
  let hub: [UInt8]
  let seq: Int64
  let chain: UInt64

  init?(_ text: [UInt8]) {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4, parts[3].count == 16, let chain = Hex.decode16(parts[3]),
      case .number(let seq)? = NaiveReader.readCanonical(Array(parts[2]))
    else { return nil }
    switch parts[0].elementsEqual("s1".utf8) {
    case true: readsStates = true
    case false where parts[0].elementsEqual("c1".utf8): readsStates = false
    case false: return nil
    }
    (hub, self.seq, self.chain) = (Array(parts[1]), seq, chain)
  }
}
