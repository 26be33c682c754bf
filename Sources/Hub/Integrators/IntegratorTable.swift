import Crypto
import JSON
import SQLite
import Store
import Sync

/// What the hub keeps for integrators: how each record looked when they spoke of it last, which record a foreign id
/// means, and the answers to requests that may be sent again.
struct IntegratorTable {
  let connection: Connection
  /// For how long an answer is kept, in milliseconds.
  private static let kept: Int64 = 86_400_000

  /// The record with this number as an integrator knows it; `nil` if it never wrote to it.
  ///
  /// It is to the integrator what a replica's state is to a replica: what it posts is compared with it, so that a value
  /// which the integrator did not touch is never written over one that somebody else wrote since.
  func view(of record: Int64, for replica: ReplicaID) throws -> RecordState? {
    let bytes = try connection.first(
      "SELECT state FROM view WHERE record = ?1 AND replica = ?2", .integer(record), .text(replica.description)
    ) { $0.bytes(0) }
    return try bytes.map { try RecordState(storedBytes: $0[...]) }
  }

  /// Remembers how an integrator knows a record.
  func setView(_ state: RecordState, of record: Int64, for replica: ReplicaID) throws {
    try connection.run(
      """
      INSERT INTO view(record, replica, state) VALUES(?1, ?2, ?3)
      ON CONFLICT(record, replica) DO UPDATE SET state = excluded.state
      """, .integer(record), .text(replica.description), .bytes(state.canonicalBytes()))
  }

  /// The records that were given a foreign id, as far as their states still say so.
  func records(of source: Text) throws -> [RecordID] {
    var found: [RecordID] = []
    try connection.rows(
      "SELECT id FROM origin JOIN record ON record.num = origin.record WHERE source = ?1 ORDER BY id",
      .text(source.string)
    ) { row in
      if let id = RecordID(bytes: row.bytes(0)) { found.append(id) }
    }
    return found
  }

  /// The answer that was given to a request with this key within a day; `nil` if there was none.
  func answer(_ key: String, of replica: ReplicaID, now: Int64) throws -> (request: Digest, status: Int, body: [UInt8])?
  {
    let row = try connection.first(
      "SELECT request, status, body FROM answered WHERE replica = ?1 AND key = ?2 AND time >= ?3",
      .text(replica.description), .text(key), .integer(now - Self.kept)
    ) { (request: Digest(bytes: $0.bytes(0)), status: Int($0.integer(1)), body: $0.bytes(2)) }
    guard let row, let request = row.request else { return nil }
    return (request, row.status, row.body)
  }

  /// Keeps an answer for a day, and forgets those that are older.
  func keep(
    _ key: String, of replica: ReplicaID, request: Digest, status: Int, body: [UInt8], now: Int64
  ) throws {
    try connection.run("DELETE FROM answered WHERE time < ?1", .integer(now - Self.kept))
    try connection.run(
      "INSERT INTO answered(replica, key, request, status, body, time) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
      .text(replica.description), .text(key), .bytes(request.bytes), .integer(Int64(status)), .bytes(body),
      .integer(now))
  }
}
