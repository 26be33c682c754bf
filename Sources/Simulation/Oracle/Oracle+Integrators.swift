import Crypto
public import SQLite

/// What other systems post, and what the hub tells them.
extension Oracle {
  /// A system begins to send a request with plain records; sent again it is the same one.
  ///
  /// - Parameters:
  ///   - run: a number of its own, which documents may bear as `x-run`.
  ///   - system: the id of the system's token.
  ///   - documents: the records, in order.
  ///   - isKeyed: whether it has an Idempotency-Key; then every document that does not delete bears the number.
  ///   - isDry: whether it is a dry run.
  ///   - isConditional: whether it comes with If-Match; such a document bears the number.
  ///   - seen: with If-Match, at which seq the hub told the tag; `nil` if that was in another history.
  public mutating func posted(
    _ run: Int64, by system: String, documents: [[UInt8]], isKeyed: Bool, isDry: Bool, isConditional: Bool = false,
    seen: Int64? = nil
  ) {
    if !systems.values.contains(system) { knowsSystems = false }
    posts[run] = OraclePost(
      system: system, documents: documents.map { NaiveReader.read($0) ?? .null }, isKeyed: isKeyed, isDry: isDry,
      isConditional: isConditional, seen: seen)
  }

  /// The hub answered a request with status 200, whether that arrived or not.
  public mutating func answered(_ run: Int64, isDry: Bool, body: [UInt8]) {
    guard let post = posts[run], let answer = NaiveReader.read(body), let results = answer["results"]?.asList,
      let head = answer["head"]?.asText.flatMap(OracleCursor.init), results.count == post.documents.count,
      answer["dry_run"] == .bool(isDry)
    else { return complain("request \(run) is not answered for what it was") }
    if isDry {
      if results.contains(where: { $0["n"] != nil }) { complain("a dry run \(run) tells of a change") }
      return
    }
    if let first = post.answer {
      if post.isKeyed, !isSame(first, body) { complain("request \(run) is answered differently with the same key") }
      if post.isKeyed { return }
    } else {
      posts[run]?.answer = body
    }
    for (index, result) in results.enumerated() { heard(result, index, of: run, head.seq) }
  }

  /// Whether two answers say the same, but for what an erasure takes out of them.
  private func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    if one == other { return true }
    let lists = [one, other].map { NaiveReader.read($0)?["results"]?.asList ?? [] }
    guard lists[0].count == lists[1].count else { return false }
    return zip(lists[0], lists[1]).allSatisfy { left, right in
      if left == right { return true }
      guard let id = left["id"]?.asText, erased.contains(id) else { return false }
      return (["id", "status", "replica", "n"] as [StaticString]).allSatisfy { left[$0] == right[$0] }
    }
  }

  private mutating func heard(_ result: NaiveValue, _ index: Int, of run: Int64, _ head: Int64) {
    guard let post = posts[run], let status = result["status"]?.asText?.shown else {
      return complain("request \(run) has a result without a status")
    }
    let writes = ["created", "updated", "conflict"].contains(status)
    guard writes == (result["n"] != nil), writes == (result["replica"] != nil) else {
      return complain("request \(run) is \(status), with or without a change")
    }
    if status == "refused" { return }
    guard let record = result["id"]?.asText else { return complain("request \(run) has no record") }
    var dot: OracleDot?
    if let n = result["n"]?.asNumber, let replica = result["replica"]?.asText {
      dot = OracleDot(replica: replica, n: n)
      acknowledged(replica: replica.shown, n: n, fate: "applied")
    }
    var earlier = post.told
    for place in earlier.indices where earlier[place].head == head && earlier[place].record == record {
      earlier[place].isLast = false
    }
    posts[run]?.told =
      earlier + [OraclePost.Told(document: index, status: status, record: record, dot: dot, head: head)]
  }

  /// The hub's clock jumped: for how long a key holds is measured by it.
  public mutating func hubClockMoved() {
    for run in posts.keys {
      posts[run]?.isKeyed = false
      posts[run]?.answer = nil
    }
  }

  /// Looks at what has come to the hub's log since the last look; the seq of the last change that was applied.
  ///
  /// What a hub writes for a system is first seen there.
  public mutating func learn(_ connection: Connection) throws -> Int64 {
    if !knowsSystems { try learnSystems(connection) }
    knowsSystems = true
    let cache = cache
    var rows: [(pos: Int64, replica: [UInt8], isApplied: Bool, change: NaiveChange?)] = []
    try connection.rows(
      """
      SELECT pos, replica.id, hash, fate, body FROM log LEFT JOIN replica ON replica.num = log.replica
      WHERE pos > ?1 ORDER BY pos
      """, .integer(learned)
    ) { row in
      let hash = row.isNull(4) ? nil : Crypto.Digest(bytes: row.bytes(2))
      rows.append(
        (row.integer(0), row.bytes(1), row.integer(3) == 1, hash.flatMap { cache.change($0) { row.bytes(4) } }))
    }
    for row in rows {
      learned = row.pos
      if row.isApplied { lastApplied = row.pos }
      guard systems[row.replica] != nil, let change = row.change else { continue }
      note(change)
      if let run = change.run, posts[run]?.isDry == true { complain("a dry run wrote \(change.name)") }
    }
    return lastApplied
  }

  /// Finds out under which ids the hub writes for systems; a hub that is put back gives them new ones.
  mutating func learnSystems(_ connection: Connection) throws {
    var found: [(system: String, replica: [UInt8])] = []
    try connection.rows("SELECT id, replica FROM token WHERE role = 'integrator'") {
      found.append(($0.text(0), $0.bytes(1)))
    }
    for (system, replica) in found { systems[replica] = system }
  }

  /// The hub was put back: what it told of the history that has gone counts no more.
  mutating func forgetAnswers() {
    (learned, lastApplied, knowsSystems) = (0, 0, false)
    for run in posts.keys {
      posts[run]?.told = []
      posts[run]?.answer = nil
      posts[run]?.seen = nil
    }
  }

  private mutating func complain(_ what: String) { complaints.append(Violation(.wrongAnswer, what)) }
}
