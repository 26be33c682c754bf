import HTTP
import JSON
import Records
import SQLite
import Store
import Sync

extension HubService {
  /// `GET /v1/conflicts`: the records in conflict, in the order in which the hub got to know them.
  ///
  /// The cursor of a page that is not the last is the id of the record that the next one begins with: it stands fast,
  /// whatever becomes of the conflict meanwhile.
  func conflicts(_ http: HTTPRequest) throws -> HTTPResponse {
    let limit = try HubRequest.number("limit", in: http, default: 100, upTo: 1_000)
    try log.flush()
    let start = try http.query("cursor").map { try number(of: $0) } ?? 0
    var (list, budget, next) = ([JSON](), budget, Text?.none)
    let statement = try store.connection.prepare(
      """
      SELECT id, seq, length(state), state FROM record WHERE conflicts > 0 AND num >= ?1 ORDER BY num
      """)
    defer { statement.reset() }
    statement.bind(1, start)
    while try statement.step() {
      let row = statement.row
      guard list.count < limit, !budget.isSpent else {
        next = RecordID(bytes: row.bytes(0))?.text
        break
      }
      budget.unfold(row.integer(2))
      let item = Self.conflictLine(try RecordState(storedBytes: row.bytes(3)[...]), seq: row.integer(1))
      budget.tell(item.write().count)
      list.append(item)
    }
    var answer: JSONObject = [
      "total": .int(try counts().conflicts), "records": .array(list), "more": .bool(next != nil),
    ]
    answer["cursor"] = next.map { .string($0) }
    return HubAnswer.json(.object(answer))
  }

  private static func conflictLine(_ state: RecordState, seq: Int64) -> JSON {
    [
      "id": .string(state.record.text), "record": .string(state.kind),
      "title": .string(Text(RecordSummary.title(of: state))), "seq": .int(seq),
      "conflicts": .array(state.conflicts().map { $0.json }),
    ]
  }

  private func number(of cursor: String) throws -> Int64 {
    guard let id = RecordID(Text(cursor)), let place = try store.records.place(id) else {
      throw HubRefusal(.badCursor, "the cursor is not of this hub's conflicts")
    }
    return place.num
  }

  /// How many records there are that are neither deleted nor erased, and how many in conflict.
  ///
  /// Both are counted in indexes alone: what they depend on stands behind the states, which would all be walked.
  func counts() throws -> (live: Int64, conflicts: Int64) {
    try log.flush()
    let all = try store.connection.integer("SELECT count(*) FROM record") ?? 0
    let gone = try store.connection.integer("SELECT count(*) FROM record WHERE deleted > 0") ?? 0
    return (all - gone, try store.connection.integer("SELECT count(*) FROM record WHERE conflicts > 0") ?? 0)
  }
}
