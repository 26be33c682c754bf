public import Crypto
import SQLite
public import Sync

/// The parts of the digest, by the last byte of a record's id, for naming what differs between two stores.
public enum DigestBuckets {
  /// The sums of all 256 buckets.
  public static func sums(_ store: Store) throws -> [Digest] {
    var sums = Array(repeating: Digest.zero, count: 256)
    try store.connection.rows("SELECT id, hash FROM record WHERE hash IS NOT NULL") { row in
      guard let hash = Digest(bytes: row.bytes(1)), let last = row.bytes(0).last else {
        throw StoreError("the hash of a record is damaged")
      }
      sums[Int(last)] = sums[Int(last)] &+ hash
    }
    return sums
  }

  /// The records of one bucket with their hashes, by id.
  public static func records(_ store: Store, bucket: UInt8) throws -> [(RecordID, Digest)] {
    var found: [(RecordID, Digest)] = []
    try store.connection.rows(
      "SELECT id, hash FROM record WHERE hash IS NOT NULL AND substr(id, 16, 1) = ?1 ORDER BY id", .bytes([bucket])
    ) { row in
      guard let hash = Digest(bytes: row.bytes(1)), let id = RecordID(bytes: row.bytes(0)) else {
        throw StoreError("the hash of a record is damaged")
      }
      found.append((id, hash))
    }
    return found
  }
}
