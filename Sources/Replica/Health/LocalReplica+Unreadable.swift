import Crypto
import JSON
import SQLite
import Store
import Sync

extension LocalReplica {
  /// The records whose stored states cannot be read, or whose bases are others than were stored; all of them are tried.
  ///
  /// SQLite keeps no checksums of its pages (sqlite.org/howtocorrupt.html), but each base has its hash beside it.
  public func unreadableRecords() throws -> [UnreadableRecord] {
    var found: [(num: Int64, id: RecordID, isAtHub: Bool)] = []
    try store.connection.rows("SELECT num, id, state, base, hash FROM record ORDER BY num") { row in
      let (shown, base, hash) = (row.bytes(2), row.optionalBytes(3), row.optionalBytes(4))
      let isReadable = [shown, base].compactMap { $0 }.allSatisfy { (try? RecordState(storedBytes: $0[...])) != nil }
      guard !isReadable || hash.map({ SHA256.hash(base ?? shown).bytes != $0 }) ?? false else { return }
      guard let id = RecordID(bytes: row.bytes(1)) else {
        throw StoreError("the id of record \(row.integer(0)) is damaged")
      }
      found.append((row.integer(0), id, hash != nil))
    }
    return found.map { num, id, isAtHub in
      // What is pending is in the log, with bytes of its own.
      let keepsPending = (try? outside(num)) != nil
      return UnreadableRecord(id: id, remedy: keepsPending ? isAtHub ? .hub : .ownChanges : .none)
    }
  }

  /// Works a record out from own changes that the hub does not hold, when its stored state cannot be read.
  func rebuildUnreadable(_ id: RecordID) throws {
    try emptyUnreadable(id)
    guard var record = try store.records.find(id) else { return }
    try rebuild(&record)
  }

  /// Puts an empty state in the place of one that cannot be read; its history, and what is pending, stay in the log.
  func emptyUnreadable(_ id: RecordID) throws {
    let kind = try store.connection.first(
      "SELECT kind FROM record WHERE id = ?1", .bytes(id.bytes)
    ) { Text($0.text(0)) }
    guard let kind else { return }
    let empty = RecordState(record: id, kind: kind).canonicalBytes()
    try store.connection.run(
      """
      UPDATE record SET state = ?2, base = NULL, hash = NULL, seq = 0, stale = 0, deleted = 3, conflicts = 0
      WHERE id = ?1
      """, .bytes(id.bytes), .bytes(empty))
  }
}
