import SQLite
public import Store

extension LocalReplica {
  /// Whether own changes to a record are not in the hub's part of it yet.
  public func hasPending(_ record: StoredRecord) throws -> Bool {
    try store.connection.integer(
      "SELECT 1 FROM log WHERE record = ?1 AND flags >= 2 LIMIT 1", .integer(record.num)) != nil
  }
}
