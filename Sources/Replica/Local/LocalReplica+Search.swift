import Records
import SQLite
import Store

extension LocalReplica {
  /// How many records are looked at to find the best of them; whoever finds more needs another word.
  private static let searchWindow: Int64 = 2_000

  /// Live records in which all the words of a query occur, or deleted ones.
  ///
  /// Those come first whose titles hold all the words, and then the newer ones. FTS5's own rank is not asked for: it
  /// walks through all records of each word, however few hold them all (sqlite.org/fts5.html §5.1.1).
  public func search(_ query: String, limit: Int64, deleted: Bool = false) throws -> [RecordLine] {
    let terms = SearchText.terms(query)
    guard !terms.isEmpty else { return [] }
    // Each word is quoted, so nothing that a person types is FTS5 syntax (sqlite.org/fts5.html §3.1).
    let match = terms.map { "\"\($0.split(separator: "\"").joined())\"*" }.joined(separator: " ")
    var found: [(number: Int64, isTitled: Bool)] = []
    try store.connection.rows(
      """
      SELECT record.num, record.title FROM search JOIN record ON record.num = search.rowid
      WHERE search MATCH ?1 AND record.deleted = ?2 LIMIT ?3
      """, .text(match), .integer(deleted ? 1 : 0), .integer(Self.searchWindow)
    ) { row in
      let words = SearchText.fold(row.text(1)).split(separator: " ")
      found.append((row.integer(0), terms.allSatisfy { term in words.contains { $0.hasPrefix(term) } }))
    }
    found.sort { $0.isTitled == $1.isTitled ? $0.number > $1.number : $0.isTitled }
    return try found.prefix(Int(clamping: limit)).compactMap { try line(of: $0.number) }
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
