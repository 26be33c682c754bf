public import JSON
import Records
import SQLite
import Store
public import Sync

/// A record that goes by a title.
public struct EntitledRecord: Sendable {
  /// The record.
  public let id: RecordID
  /// Whether the title is all of it, and not its beginning alone.
  public let isWhole: Bool
  /// Whether the record is deleted.
  public let isDeleted: Bool
}

extension LocalReplica {
  /// The records whose title begins so, deleted ones too; both sides are folded (`SearchText`).
  ///
  /// The index of words narrows it down: whatever begins a title stands in the record's words in this order.
  ///
  /// - Parameters:
  ///   - title: what was typed.
  ///   - kind: the kind; `nil` for all.
  ///   - most: how many at most.
  public func entitled(_ title: String, kind: Text? = nil, most: Int = 11) throws -> [EntitledRecord] {
    let wanted = SearchText.fold(title)
    guard !wanted.isEmpty else { return [] }
    var found: [EntitledRecord] = []
    // A phrase of folded words has no syntax of its own in quotes (sqlite.org/fts5.html §3.1).
    try store.connection.rows(
      """
      SELECT record.id, record.title, record.deleted FROM search JOIN record ON record.num = search.rowid
      WHERE search MATCH ?1 AND record.deleted < 2 AND (?2 IS NULL OR record.kind = ?2) LIMIT 20000
      """, .text("\"\(wanted)\" *"), SQLValue(kind?.string)
    ) { row in
      let folded = SearchText.fold(row.text(1))
      guard folded.hasPrefix(wanted), let id = RecordID(bytes: row.bytes(0)) else { return }
      found.append(EntitledRecord(id: id, isWhole: folded == wanted, isDeleted: row.integer(2) != 0))
    }
    return Array((found.filter(\.isWhole) + found.filter { !$0.isWhole }).prefix(most))
  }
}
