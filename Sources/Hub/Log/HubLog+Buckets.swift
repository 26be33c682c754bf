import Crypto
import SQLite
import Store
import Sync

extension HubLog {
  /// The digest by the last byte of the records' ids (Protocol/README.md, 9), and who stands in which part.
  struct Buckets {
    /// The sums of the hashes.
    var sums = Array(repeating: Digest.zero, count: 256)
    /// The numbers of the records.
    var records = Array(repeating: [Int64](), count: 256)

    /// A record has another hash now.
    mutating func move(_ id: RecordID, _ num: Int64, from old: Digest?, to new: Digest?) {
      let index = Int(id.bytes[15])
      sums[index] = sums[index] &- (old ?? .zero) &+ (new ?? .zero)
      if old == nil, new != nil { records[index].append(num) }
    }
  }

  /// The buckets; summed up over all records when they are asked for first, and kept up from then on.
  func buckets() throws -> Buckets {
    try flush()
    if let known = knownBuckets { return known }
    var buckets = Buckets()
    try store.connection.rows("SELECT num, id, hash FROM record WHERE hash IS NOT NULL") { row in
      guard let hash = Digest(bytes: row.bytes(2)), let id = RecordID(bytes: row.bytes(1)) else {
        throw StoreError("the hash of a record is damaged")
      }
      buckets.move(id, row.integer(0), from: nil, to: hash)
    }
    knownBuckets = buckets
    return buckets
  }

  /// The records of one bucket with their hashes, by id.
  func bucket(_ byte: UInt8) throws -> [(RecordID, Digest)] {
    try buckets().records[Int(byte)].compactMap { num -> (RecordID, Digest)? in
      try store.connection.first("SELECT id, hash FROM record WHERE num = ?1", .integer(num)) { row in
        guard let hash = Digest(bytes: row.bytes(1)), let id = RecordID(bytes: row.bytes(0)) else {
          throw StoreError("the hash of a record is damaged")
        }
        return (id, hash)
      }
    }.sorted { $0.0 < $1.0 }
  }
}
