import Crypto
import HTTP
import JSON
import Records
import SQLite
import Store
import Sync

extension HubService {
  /// `GET /v1/records`: records in the order in which they changed last.
  ///
  /// A record that changes meanwhile moves on in that order, so a reader that follows the cursor misses none, and goes
  /// on with it later for what has changed since.
  func recordList(_ http: HTTPRequest) throws -> HTTPResponse {
    try log.flush()
    let query = try RecordQuery(http) { try position($0) }
    // The same query at the same place of the log has the same answer.
    let tag = SHA256.hash(Array(log.head.description.utf8) + [0] + query.fingerprint).hex.prefix(16)
    return try HubAnswer.tagged("\"\(tag)\"", for: http) {
      JSON.object(try page(of: query)).write()
    }
  }

  /// The entry that a cursor names; throws if the log has another there.
  func position(_ text: String) throws -> Int64 {
    guard let cursor = Cursor(Text(text)), cursor.hub == hub, try log.chain(at: cursor.seq) == cursor.chain else {
      throw HubRefusal(.badCursor, "the cursor is not of this log")
    }
    return cursor.seq
  }

  private func page(of query: RecordQuery) throws -> JSONObject {
    let reach = min(log.head.seq, query.after + budget.mostEntries)
    var (list, budget, end) = ([JSON](), budget, reach)
    let statement = try store.connection.prepare(
      """
      SELECT log.pos, log.time, record.kind, length(record.state), record.deleted, record.conflicts, record.state
      FROM log CROSS JOIN record ON record.num = log.record AND record.seq = log.pos
      WHERE log.pos > ?1 AND log.pos <= ?2 ORDER BY log.pos
      """)
    defer { statement.reset() }
    statement.bind(1, query.after)
    statement.bind(2, reach)
    while list.count < query.limit, !budget.isSpent, try statement.step() {
      let row = statement.row
      end = row.integer(0)
      guard isWanted(row, query, &budget) else { continue }
      budget.unfold(row.integer(3))
      if !query.terms.isEmpty { budget.search(row.integer(3)) }
      let state = try RecordState(storedBytes: row.bytes(6)[...])
      guard query.wants(state) else { continue }
      let item = JSON.object(Self.document(state, seq: row.integer(0)))
      budget.tell(item.write().count)
      list.append(item)
    }
    if list.count < query.limit, !budget.isSpent { end = reach }
    let chain = try log.chain(at: end) ?? 0
    return [
      "records": .array(list), "cursor": .string(Cursor(hub: hub, seq: end, chain: chain).text),
      "more": .bool(end < log.head.seq),
    ]
  }

  /// Whether a record is wanted, as far as its row says.
  private func isWanted(_ row: Row, _ query: RecordQuery, _ budget: inout ReadBudget) -> Bool {
    if row.integer(1) < query.updatedSince { return false }
    if let kind = query.kind, kind.string != row.text(2) { return false }
    // What is asked now stands behind the state in its row.
    budget.pass(row.integer(3))
    let life = row.integer(4)
    if life == 3 || (life != 0 && !query.withDeleted) { return false }
    return !query.onlyConflicts || row.integer(5) != 0
  }
}
