import SQLite
import Store
public import Sync

extension LocalReplica {
  /// How many hexadecimal digits tell an id from every other one of this replica; at least four.
  ///
  /// Only the neighbours in the order of ids are looked at, so it costs two steps in an index.
  public func shortestPrefix(of id: RecordID) throws -> Int {
    let neighbours = [
      try store.connection.first(
        "SELECT id FROM record WHERE id < ?1 ORDER BY id DESC LIMIT 1", .bytes(id.bytes)
      ) { RecordID(bytes: $0.bytes(0)) },
      try store.connection.first(
        "SELECT id FROM record WHERE id > ?1 ORDER BY id LIMIT 1", .bytes(id.bytes)
      ) { RecordID(bytes: $0.bytes(0)) },
    ]
    let common = neighbours.compactMap { $0 ?? nil }.map { ($0.value ^ id.value).leadingZeroBitCount / 4 }
    return max(4, (common.max() ?? 0) + 1)
  }
}
