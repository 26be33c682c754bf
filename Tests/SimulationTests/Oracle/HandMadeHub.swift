import Crypto
import Foundation
import JSON
import SQLite
import Store
import TestKit

/// A hub's file that is written row by row, without the engine's hub.
final class HandMadeHub {
  let folder: TemporaryFolder
  let connection: Connection
  private var replicas: [String: Int64] = [:]
  private var records: [String: Int64] = [:]

  init() throws {
    folder = try TemporaryFolder()
    try Store(path: folder.path("hub.db"), role: .hub).close()
    connection = try Connection(path: folder.path("hub.db"), mode: .readWrite)
    try connection.run("INSERT INTO setting VALUES('hub', ?1)", .bytes(Array("handmadehub".utf8)))
  }

  /// Puts an entry at the end of the log; one without bytes needs its dot and hash.
  func append(
    _ bytes: [UInt8]?, replica: String, n: Int64, hash: Digest, record: String?, time: Int64, fate: Int64 = 1,
    flags: Int64 = 0, was: (replica: String, n: Int64, hash: UInt64)? = nil
  ) throws {
    let pos = (try connection.integer("SELECT max(pos) FROM log") ?? 0) + 1
    let number = try record.map(self.record) ?? 0
    let last = try connection.integer("SELECT last FROM record WHERE num = ?1", .integer(number)) ?? 0
    try connection.run(
      "INSERT INTO log VALUES(?1, NULL, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9, ?10)", .integer(pos),
      .integer(try self.replica(replica)), .integer(n), .integer(number), .integer(last), .integer(time),
      .bytes(hash.bytes), .integer(fate), .integer(flags), SQLValue(bytes))
    try connection.run(
      "UPDATE record SET last = ?2, seq = ?2 WHERE num = ?1", .integer(number), .integer(pos))
    if fate == 2 { try connection.run("INSERT INTO verdict VALUES(?1, 'bad-change', '')", .integer(pos)) }
    if let was {
      try connection.run(
        "INSERT INTO renamed VALUES(?1, ?2, ?3, ?4)", .integer(try self.replica(was.replica)),
        .integer(was.n),
        .integer(Int64(bitPattern: was.hash)), .integer(pos))
    }
  }

  /// Says what the state of a record is, and makes everything fit.
  func setState(_ record: String, _ state: [UInt8], deleted: Int64, conflicts: Int64) throws {
    try connection.run(
      "UPDATE record SET state = ?2, hash = ?3, deleted = ?4, conflicts = ?5 WHERE num = ?1",
      .integer(try self.record(record)), .bytes(state), .bytes(SHA256.hash(state).bytes), .integer(deleted),
      .integer(conflicts))
    try connection.repoint()
  }

  private func replica(_ id: String) throws -> Int64 {
    if let known = replicas[id] { return known }
    let number = Int64(replicas.count + 1)
    replicas[id] = number
    try connection.run("INSERT INTO replica VALUES(?1, ?2)", .integer(number), .text(id))
    return number
  }

  /// The number of a record, which is made when it is first named.
  func record(_ id: String) throws -> Int64 {
    if let known = records[id] { return known }
    let number = Int64(records.count + 1)
    records[id] = number
    try connection.run(
      "INSERT INTO record VALUES(?1, ?2, 'event', 0, 0, NULL, NULL, zeroblob(0), 0, 0)", .integer(number),
      .bytes(Hex.decode(Array(id.utf8.filter { $0 != UInt8(ascii: "-") })) ?? []))
    return number
  }
}
