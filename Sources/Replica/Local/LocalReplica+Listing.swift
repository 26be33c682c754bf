public import JSON
import Records
import SQLite
import Store
import Sync

extension LocalReplica {
  /// Records in the order of lists: by kind, then by date or name.
  ///
  /// - Parameters:
  ///   - filter: which records.
  ///   - limit: how many at most.
  public func list(_ filter: RecordFilter, limit: Int64) throws -> [RecordLine] {
    var lines: [RecordLine] = []
    try walk(filter) { line in
      lines.append(line)
      return lines.count < limit
    }
    return lines
  }

  /// Live records of a kind, or of all, in the order of lists.
  public func list(kind: Text?, limit: Int64) throws -> [RecordLine] {
    try list(RecordFilter(kind: kind), limit: limit)
  }

  /// Records for an unfinished word: those whose ids begin so, or else those in which all its words occur.
  public func beginning(_ word: String, _ filter: RecordFilter, limit: Int) throws -> [RecordLine] {
    var found: [RecordLine] = []
    func take(_ lines: [RecordLine]) throws {
      for line in lines where found.count < limit && (filter.kind == nil || line.kind == filter.kind) {
        guard let record = try record(line.id), record.state.isDeleted == filter.isDeleted else { continue }
        if filter.isInConflict, line.conflicts == 0 { continue }
        found.append(line)
      }
    }
    if let range = Self.range(ofPrefix: word) {
      var lines: [RecordLine] = []
      try store.connection.rows(
        """
        SELECT id, kind, title, sort, conflicts, 0 FROM record
        WHERE id BETWEEN ?1 AND ?2 AND deleted < 2 ORDER BY id LIMIT 200
        """, .bytes(range.low), .bytes(range.high)
      ) { lines.append(try Self.line($0)) }
      try take(lines)
    }
    if found.isEmpty { try take(try search(word, limit: 200, deleted: filter.isDeleted)) }
    return found
  }

  /// How many records a filter lets through.
  public func count(_ filter: RecordFilter) throws -> Int64 {
    if !filter.needsState, !filter.isPending, !filter.isInConflict {
      return try tally(filter.kind, deleted: filter.isDeleted)
    }
    var count: Int64 = 0
    try walk(filter) { _ in
      count += 1
      return true
    }
    return count
  }

  /// How many live records of a kind, or of all, there are.
  public func count(kind: Text?) throws -> Int64 {
    try tally(kind, deleted: false)
  }

  private func tally(_ kind: Text?, deleted: Bool) throws -> Int64 {
    try store.connection.integer(
      "SELECT sum(count) FROM tally WHERE deleted = ?1 AND (?2 IS NULL OR kind = ?2)", .integer(deleted ? 1 : 0),
      SQLValue(kind?.string)) ?? 0
  }

  /// Lends each record that a filter lets through, until `each` has enough.
  private func walk(_ filter: RecordFilter, _ each: (RecordLine) -> Bool) throws {
    let kinds = if let kind = filter.kind { [kind] } else { try kinds(filter) }
    for kind in kinds {
      guard try walk(filter, kind, each) else { return }
    }
  }

  /// The kinds that occur, also of newer versions, in the order of lists: one step in the index for each.
  private func kinds(_ filter: RecordFilter) throws -> [Text] {
    var kinds: [Text] = []
    if filter.isDeleted {
      try store.connection.rows("SELECT DISTINCT kind FROM record WHERE deleted = 1 ORDER BY kind") {
        kinds.append(Text($0.text(0)))
      }
      return kinds
    }
    while let next = try store.connection.text(
      "SELECT min(kind) FROM record WHERE kind > ?1 AND deleted = 0", .text(kinds.last?.string ?? ""))
    {
      kinds.append(Text(next))
    }
    return kinds
  }

  /// One kind; false if `each` had enough.
  private func walk(_ filter: RecordFilter, _ kind: Text, _ each: (RecordLine) -> Bool) throws -> Bool {
    // Two statements, as a partial index serves only a constant (https://www.sqlite.org/partialindex.html, 3).
    let statement =
      filter.isDeleted
      ? try store.connection.prepare(
        """
        SELECT id, kind, title, sort, conflicts,
          EXISTS(SELECT 1 FROM log WHERE log.record = record.num AND log.flags >= 2), last
        FROM record WHERE deleted = 1 AND kind = ?1 AND sort BETWEEN ?3 AND ?4
          AND (?2 IS NULL OR num IN (SELECT rowid FROM search(?2))) AND (?5 IS NULL OR instr(state, ?5) > 0)
        ORDER BY sort, num
        """)
      : try store.connection.prepare(
        """
        SELECT id, kind, title, sort, conflicts,
          EXISTS(SELECT 1 FROM log WHERE log.record = record.num AND log.flags >= 2), last
        FROM record WHERE deleted = 0 AND kind = ?1 AND sort BETWEEN ?3 AND ?4
          AND (?2 IS NULL OR num IN (SELECT rowid FROM search(?2))) AND (?5 IS NULL OR instr(state, ?5) > 0)
        ORDER BY sort, num
        """)
    defer { statement.reset() }
    let dates = filter.dates(of: kind)
    // A state that does not hold the member's name at all need not be read.
    let member: SQLValue = filter.member.map { .bytes(Array($0.utf8)) } ?? .null
    statement.bind([.text(kind.string), SQLValue(filter.indexed), .text(dates.first), .text(dates.last), member])
    while try statement.step() {
      let line = try Self.line(statement.row)
      if filter.isInConflict, line.conflicts == 0 { continue }
      if filter.isPending, !line.hasPending { continue }
      if filter.needsState {
        let last = statement.row.integer(6)
        guard let record = try store.records.find(line.id),
          try filter.admits(record, lastChange: { try lastChange(last) })
        else { continue }
      }
      guard each(line) else { return false }
    }
    return true
  }

  /// When the newest change of a record was accepted, or written where the hub does not know it yet.
  private func lastChange(_ position: Int64) throws -> Int64? {
    guard position > 0 else { return nil }
    let time = try store.connection.integer("SELECT time FROM log WHERE pos = ?1", .integer(position))
    guard time == 0, let body = try store.log.body(position) else { return time }
    return try Change(bytes: body).at
  }
}
