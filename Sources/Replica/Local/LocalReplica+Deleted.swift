public import JSON
import SQLite
import Store
import Sync

extension LocalReplica {
  /// Deleted records of a kind, or of all, that can be restored, in the order of lists; erased ones are not among them.
  public func deleted(kind: Text?, limit: Int64) throws -> [RecordLine] {
    var lines: [RecordLine] = []
    try store.connection.rows(
      """
      SELECT id, kind, title, sort, conflicts,
        EXISTS(SELECT 1 FROM log WHERE log.record = record.num AND log.flags >= 2)
      FROM record WHERE deleted = 1 AND (?1 IS NULL OR kind = ?1) ORDER BY kind, sort, num LIMIT ?2
      """, SQLValue(kind?.string), .integer(limit)
    ) { row in
      guard let id = RecordID(bytes: row.bytes(0)) else { throw StoreError("the id of a record is damaged") }
      lines.append(
        RecordLine(
          id: id, kind: Text(row.text(1)), title: row.text(2), sort: row.text(3), conflicts: row.integer(4),
          hasPending: row.integer(5) != 0))
    }
    return lines
  }

  /// How many records of a kind are deleted and can be restored.
  public func deletedCount(kind: Text?) throws -> Int64 {
    try store.connection.integer(
      "SELECT count(*) FROM record WHERE deleted = 1 AND (?1 IS NULL OR kind = ?1)", SQLValue(kind?.string)) ?? 0
  }
}
