import Crypto
import Hub
import JSON
import Sync

/// A replica that writes its changes by hand, well or badly.
final class Scribe {
  let desk: Desk
  let id: ReplicaID
  let token: String

  init(desk: Desk, id: ReplicaID, token: String) {
    self.desk = desk
    self.id = id
    self.token = token
  }

  /// A change as text.
  func change(
    _ n: Int64, _ record: RecordID, _ ops: String..., kind: String = "event", at: Int64 = 1, extra: String = ""
  ) -> String {
    """
    {"at":\(at),"kind":"\(kind)","n":\(n),"ops":[\(ops.joined(separator: ","))],"record":"\(record)",\
    "replica":"\(id)"\(extra)}
    """
  }

  /// A change that writes a title.
  func title(_ n: Int64, _ record: RecordID, _ title: String, over: [ChangeName] = [], extra: String = "") -> String {
    change(n, record, Scribe.put("title", title, over: over), extra: extra)
  }

  static func put(_ field: String, _ value: String, over: [ChangeName] = []) -> String {
    let names = over.map { "\"\($0)\"" }.joined(separator: ",")
    return #"{"over":[\#(names)],"put":["\#(field)"],"value":"\#(value)"}"#
  }

  /// A void for a change.
  func void(of change: String) throws -> String {
    let json = try JSON.parse(Array(change.utf8))
    let hash = SHA256.hash(json.canonical()).hex
    let was = json["was"].map { ",\"was\":\($0)" } ?? ""
    return """
      {"void":{"hash":"\(hash)","n":\(json["n"] ?? 0),"record":\(json["record"] ?? ""),"replica":"\(id)"\(was)}}
      """
  }

  /// The hash of a change.
  static func hash(_ change: String) throws -> Digest { SHA256.hash(try JSON.parse(Array(change.utf8)).canonical()) }

  /// What a change is called.
  func name(_ change: String) throws -> ChangeName {
    let n = try JSON.parse(Array(change.utf8))["n"]?.integer ?? 0
    return ChangeName(replica: id, n: n, hash: try Scribe.hash(change).prefix)
  }

  static func batch(_ changes: [String]) -> String { "{\"changes\":[\(changes.joined(separator: ","))]}" }

  /// Sends a batch.
  @discardableResult
  func push(_ changes: String...) -> Answer { desk.post("/v1/changes", token: token, Scribe.batch(changes)) }

  /// The body of a sync.
  func syncBody(
    cursor: String? = nil, furthest: String? = nil, own: Int64 = 1_000_000,
    acknowledged: (n: Int64, hash: Digest)? = nil,
    limit: String? = nil, report: String? = nil, changes: [String] = []
  ) -> String {
    let point = acknowledged ?? (0, .zero)
    var members = [
      "\"protocol\":1", "\"replica\":\"\(id)\"", "\"own\":\(own)",
      "\"acknowledged\":{\"n\":\(point.n),\"hash\":\"\(point.hash)\"}",
    ]
    if let cursor { members.append("\"cursor\":\"\(cursor)\"") }
    if let furthest { members.append("\"furthest\":\"\(furthest)\"") }
    if let limit { members.append("\"limit\":\(limit)") }
    if let report { members.append("\"report\":\(report)") }
    members.append("\"changes\":[\(changes.joined(separator: ","))]")
    return "{\(members.joined(separator: ","))}"
  }

  /// Syncs.
  func sync(
    cursor: String? = nil, furthest: String? = nil, own: Int64 = 1_000_000,
    acknowledged: (n: Int64, hash: Digest)? = nil,
    limit: String? = nil, report: String? = nil, changes: [String] = []
  ) -> Answer {
    let body = syncBody(
      cursor: cursor, furthest: furthest, own: own, acknowledged: acknowledged, limit: limit, report: report,
      changes: changes)
    return desk.post("/v1/sync", token: token, body)
  }

  /// All entries after a cursor, page by page, and where they end.
  func readAll(
    from cursor: String? = nil, limit: Int, between: () throws -> Void
  ) rethrows -> (entries: [JSON], cursor: String) {
    var (entries, place) = ([JSON](), cursor)
    for _ in 0..<10_000 {
      let answer = sync(cursor: place, limit: "\(limit)")
      entries += answer.entries
      place = answer.cursor
      if answer.hasMore != true { break }
      try between()
    }
    return (entries, place ?? "")
  }

  /// All entries after a cursor, with nobody writing meanwhile.
  func readAll(from cursor: String? = nil, limit: Int) -> (entries: [JSON], cursor: String) {
    readAll(from: cursor, limit: limit) {}
  }
}
