import Crypto
import Hub
import JSON
import SQLite
import Store
import Sync
import TestKit

extension Desk {
  /// The hashes of all records.
  func hashes() throws -> [RecordID: Digest] {
    var found: [RecordID: Digest] = [:]
    try store.records.each { found[$0.state.record] = $0.state.hash }
    return found
  }

  /// Whether the rows of the log stand one after the other, and chain as the protocol says, up to the head.
  func chainIsSound() throws -> Bool {
    var (chain, seq) = (Chain.start, Int64(0))
    var isSound = true
    try store.connection.rows("SELECT pos, hash, time, chain FROM log ORDER BY pos") { row in
      seq += 1
      guard let hash = Digest(bytes: row.bytes(1)) else { throw TestError("row \(seq) has no hash") }
      chain = Chain.next(chain, hash: hash, time: row.integer(2))
      if row.integer(0) != seq || UInt64(bitPattern: row.integer(3)) != chain.prefix { isSound = false }
    }
    return isSound && hub.log.head.seq == seq && hub.log.head.chain == chain.prefix
  }

  /// Writes down another end of the log, with the digest as it is.
  func setPoint(seq: Int64, chain: UInt64) throws {
    var bytes: [UInt8] = []
    for number in [UInt64(bitPattern: seq), chain, 0, 0, 0] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
      }
    }
    try store.settings.set("point", bytes + hub.log.digest.bytes)
  }
}
