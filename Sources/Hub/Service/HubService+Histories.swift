import Crypto
import HTTP
import JSON
import Records
import SQLite
import Store
import Sync

/// What became of changes: one alone, and all of a record.
extension HubService {
  /// `GET /v1/records/{id}/history`: the changes to a record that the log holds, newest first.
  ///
  /// The cursor of a page that is not the last names the entry that the next one begins with.
  func history(_ text: String, _ http: HTTPRequest) throws -> HTTPResponse {
    guard let id = RecordID(Text(text)) else { throw HubRefusal(.badRequest, "the id is not a UUID in lower case") }
    let limit = try HubRequest.number("limit", in: http, default: 100, upTo: 1_000)
    try log.flush()
    guard let place = try store.records.place(id), place.last > 0 else {
      throw HubRefusal(.notFound, "there is no record \(id)")
    }
    let from = try http.query("cursor").map { try position($0) } ?? place.last
    guard try store.log.row(from)?.record == place.num else {
      throw HubRefusal(.badCursor, "the cursor is not of this record's history")
    }
    var (list, budget, next) = ([JSON](), budget, Cursor?.none)
    try store.log.history(from: from) { row in
      guard list.count < limit, !budget.isSpent else {
        next = Cursor(hub: hub, seq: row.pos, chain: row.chain)
        return false
      }
      let line = try fateLine(row)
      budget.tell(line.write().count)
      list.append(line)
      return true
    }
    var answer: JSONObject = ["id": .string(id.text), "changes": .array(list), "more": .bool(next != nil)]
    answer["cursor"] = next.map { .string($0.text) }
    return HubAnswer.json(.object(answer))
  }

  /// `GET /v1/changes/{replica}/{n}`: what became of a change.
  func change(_ parameters: [String: String]) throws -> HTTPResponse {
    let n = Int64(parameters["n"] ?? "")
    guard let replica = ReplicaID(Text(parameters["replica"] ?? "")), let n, n > 0, "\(n)" == parameters["n"] else {
      throw HubRefusal(.badRequest, "a change is named by its replica and its number, as in bogota-7kq2m/12")
    }
    guard let number = try store.replicas.find(replica), let row = try store.log.row(replica: number, n: n) else {
      throw HubRefusal(.notFound, "the hub holds no change \(n) of \(replica)")
    }
    var object = try fateLine(row).object ?? [:]
    if row.fate == .applied, let record = try store.records.find(num: row.record) {
      object["record"] = .string(record.state.record.text)
      object["state"] = .string(try standing(row, record.state))
    }
    return HubAnswer.json(.object(object))
  }

  /// Whether what a change wrote still stands alone, stands beside something else, or was written over since.
  private func standing(_ row: LogRow, _ state: RecordState) throws -> Text {
    if state.isErased { return "erased" }
    let name = try store.log.name(of: row, store.replicas)
    if state.conflicts().contains(where: { $0.names.contains(name) }) { return "in-conflict" }
    return state.cells.contains { $0.name == name } ? "current" : "superseded"
  }

  private func fateLine(_ row: LogRow) throws -> JSON {
    if row.fate == .marker {
      // Nobody's change: the hub's log was put back, and the record stays erased.
      return ["seq": .int(row.pos), "time": .int(row.time), "fate": "erased", "restored": true]
    }
    var object: JSONObject = [
      "replica": .string(try store.replicas.id(row.replica).text), "n": .int(row.n), "seq": .int(row.pos),
      "time": .int(row.time), "hash": .string(Text(row.hash.hex)),
    ]
    let report = FateReport(n: row.n, fate: try log.fate(of: row), isDuplicate: row.fate == .duplicate)
    for member in report.json.object ?? [:] where object[member.key] == nil {
      object[member.key] = member.value
    }
    if let body = try store.log.body(row.pos) { object["change"] = try JSON.parse(body) }
    return .object(object)
  }
}
