import Crypto
import HTTP
import JSON
import Records
import SQLite
import Store
import Sync

extension HubService {
  /// How many entries of the log one request looks at, and how many states it reads, at most.
  private static let mostLookedAt = (entries: 50_000, states: 2_000)

  /// `GET /v1/records`: records in the order in which they changed last.
  ///
  /// A record that changes meanwhile moves on in that order, so a reader that follows the cursor misses none, and goes
  /// on with it later for what has changed since.
  func recordList(_ http: HTTPRequest) throws -> HTTPResponse {
    try log.flush()
    let query = try RecordQuery(http) { text in
      guard let cursor = Cursor(Text(text)), cursor.hub == hub, try log.chain(at: cursor.seq) == cursor.chain else {
        throw HubRefusal(.badCursor, "the cursor is not of this log")
      }
      return cursor.seq
    }
    // The same query at the same place of the log has the same answer.
    let tag = SHA256.hash(Array(log.head.description.utf8) + [0] + query.fingerprint).hex.prefix(16)
    return try HubAnswer.tagged("\"\(tag)\"", for: http) {
      JSON.object(try page(of: query)).write()
    }
  }

  private func page(of query: RecordQuery) throws -> JSONObject {
    var (list, bytes, states, end) = ([JSON](), 0, 0, log.head.seq)
    let statement = try store.connection.prepare(
      """
      SELECT log.pos, log.time, record.state, record.deleted, record.kind, record.conflicts
      FROM log CROSS JOIN record ON record.num = log.record AND record.seq = log.pos
      WHERE log.pos > ?1 AND log.pos <= ?2 ORDER BY log.pos
      """)
    defer { statement.reset() }
    let reach = min(log.head.seq, query.after + Int64(Self.mostLookedAt.entries))
    statement.bind(1, query.after)
    statement.bind(2, reach)
    if reach < end { end = reach }
    while try statement.step() {
      let row = statement.row
      guard isWanted(row, query) else { continue }
      let state = try RecordState(storedBytes: row.bytes(2)[...])
      states += 1
      if query.wants(state) {
        let item = JSON.object(Self.document(state, seq: row.integer(0)))
        bytes += item.write().count
        list.append(item)
      }
      if list.count >= query.limit || bytes >= Limits.pageBytes || states >= Self.mostLookedAt.states {
        end = row.integer(0)
        break
      }
    }
    let chain = try log.chain(at: end) ?? 0
    return [
      "records": .array(list), "cursor": .string(Cursor(hub: hub, seq: end, chain: chain).text),
      "more": .bool(end < log.head.seq),
    ]
  }

  private func isWanted(_ row: Row, _ query: RecordQuery) -> Bool {
    let life = row.integer(3)
    if life == 3 || (life != 0 && !query.withDeleted) || row.integer(1) < query.updatedSince { return false }
    if query.onlyConflicts, row.integer(5) == 0 { return false }
    return query.kind.map { $0.string == row.text(4) } ?? true
  }
}
