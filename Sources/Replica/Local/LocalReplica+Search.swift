import Records
import SQLite
import Store

extension LocalReplica {
  /// Live records in which all the words of a query occur, or deleted ones.
  ///
  /// Those come first whose titles hold all the words, and then the newer ones. FTS5's own rank is not asked for: it
  /// walks through all records of each word, however few hold them all (sqlite.org/fts5.html §5.1.1).
  ///
  /// - Parameters:
  ///   - query: what was typed; of each word the beginning is enough.
  ///   - limit: how many at most.
  ///   - deleted: whether deleted records are meant.
  ///   - window: how many records, the newest, are looked at to find the best of them; whoever finds more needs another
  ///     word.
  public func search(
    _ query: String, limit: Int64, deleted: Bool = false, window: Int64 = 2_000
  ) throws -> [RecordLine] {
    let terms = SearchText.terms(query).map(SearchText.forms)
    guard !terms.isEmpty else { return [] }
    // Whole words first: their lists are read as far as they are needed, while those of all words that begin so are
    // brought together before the first record comes. Where whole words fill the window, that need not be.
    var found = try matches(terms, suffix: "", deleted, window)
    if found.count < window { found = try matches(terms, suffix: "*", deleted, window) }
    found.sort { $0.isTitled == $1.isTitled ? $0.number > $1.number : $0.isTitled }
    return try found.prefix(Int(clamping: limit)).compactMap { try line(of: $0.number) }
  }

  /// The newest records that match, and whether their titles do.
  private func matches(
    _ terms: [[String]], suffix: String, _ deleted: Bool, _ window: Int64
  ) throws -> [(number: Int64, isTitled: Bool)] {
    // Each word is quoted, so nothing that a person types is FTS5 syntax; and AND is written out, for it is not implied
    // beside parentheses (sqlite.org/fts5.html §3.1, §3.8).
    let match = terms.map { forms in
      "(" + forms.map { "\"\($0.split(separator: "\"").joined())\"" + suffix }.joined(separator: " OR ") + ")"
    }.joined(separator: " AND ")
    var found: [(number: Int64, isTitled: Bool)] = []
    try store.connection.rows(
      """
      SELECT record.num, record.title FROM search JOIN record ON record.num = search.rowid
      WHERE search MATCH ?1 AND record.deleted = ?2 ORDER BY search.rowid DESC LIMIT ?3
      """, .text(match), .integer(deleted ? 1 : 0), .integer(window)
    ) { row in
      let words = SearchText.words(of: row.text(1))
      let isTitled = terms.allSatisfy { forms in words.contains { word in forms.contains { word.hasPrefix($0) } } }
      found.append((row.integer(0), isTitled))
    }
    return found
  }

  /// The line of a record by its number.
  private func line(of number: Int64) throws -> RecordLine? {
    try store.connection.first(
      """
      SELECT id, kind, title, sort, conflicts,
        EXISTS(SELECT 1 FROM log WHERE log.record = record.num AND log.flags >= 2)
      FROM record WHERE num = ?1
      """, .integer(number), read: Self.line)
  }
}
