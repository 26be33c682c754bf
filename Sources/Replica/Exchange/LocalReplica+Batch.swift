import SQLite
import Store
import Sync

extension LocalReplica {
  /// The next own changes to offer, from the first whose fate is not known, without a hole.
  ///
  /// - Parameters:
  ///   - wanted: a number before that one from which the hub wants to have them, if it does.
  ///   - changes: how many at most.
  ///   - bytes: after how many bytes the batch ends.
  func batch(from wanted: Int64? = nil, changes: Int, bytes: Int) throws -> (numbers: [Int64], bodies: [[UInt8]]) {
    var batch: (numbers: [Int64], bodies: [[UInt8]]) = ([], [])
    let own = try settings.replica
    guard let number = try store.replicas.find(own) else { return batch }
    let first = try store.connection.integer(
      "SELECT min(n) FROM log WHERE fate IN (0, 7) AND replica = ?1", .integer(number))
    guard let first else { return batch }
    var size = 0
    let statement = try store.connection.prepare(
      "SELECT pos, n, record, hash, fate, body FROM log WHERE replica = ?1 AND n >= ?2 ORDER BY n")
    defer { statement.reset() }
    statement.bind(1, number)
    statement.bind(2, min(first, wanted ?? first))
    while batch.numbers.count < changes, size < bytes, try statement.step() {
      let body = try offered(statement.row, own: own)
      batch.numbers.append(statement.row.integer(1))
      batch.bodies.append(body)
      size += body.count
    }
    return batch
  }

  /// The bytes of a change, or a void for one that was refused or erased before.
  private func offered(_ row: Row, own: ReplicaID) throws -> [UInt8] {
    let (pos, n) = (row.integer(0), row.integer(1))
    guard let fate = LogRow.Fate(rawValue: row.integer(4)), let log = try store.log.row(pos) else {
      throw StoreError("row \(pos) of the log is damaged")
    }
    if fate == .pending || fate == .applied, let body = row.optionalBytes(5) {
      // A change whose bytes went bad on disk is never passed on.
      guard try Change(bytes: body).hash == log.hash else { throw StoreError("change \(n) does not match its hash") }
      return body
    }
    guard let record = try store.records.find(num: row.integer(2)) else {
      throw StoreError("own change \(n) names a record that is not there")
    }
    let was = try formerName(at: pos)
    return VoidChange(replica: own, n: n, record: record.state.record, hash: log.hash, was: was).bytes
  }

  private func formerName(at pos: Int64) throws -> ChangeName? {
    try store.connection.first(
      "SELECT replica, n, hash FROM renamed WHERE pos = ?1", .integer(pos)
    ) { row in
      ChangeName(
        replica: try store.replicas.id(row.integer(0)), n: row.integer(1),
        hash: UInt64(bitPattern: row.integer(2)))
    }
  }
}
