import JSON
import Records
public import SQLite
import Sync

/// What a replica's lists, references and search are read from: all of it follows from the states.
///
/// It is written in the same transaction as the state, and can be rebuilt from the states at any time.
public enum DerivedTables {
  /// Writes what follows from one record.
  ///
  /// - Parameters:
  ///   - store: where the record is.
  ///   - record: the record as it was stored.
  ///   - isNew: whether it was not there before, so that nothing has to be forgotten.
  public static func update(_ store: Store, _ record: StoredRecord, isNew: Bool = false) throws {
    let connection = store.connection
    if !isNew { try forget(connection, record.num) }
    let state = record.state
    if state.isErased || state.isEmpty {
      try connection.run(
        "UPDATE record SET title = '', sort = '', stale = ?2 WHERE num = ?1",
        .integer(record.num), .integer(record.isStale ? 1 : 0))
      return
    }
    let title = RecordSummary.title(of: state)
    try connection.run(
      "UPDATE record SET title = ?2, sort = ?3, stale = ?4 WHERE num = ?1", .integer(record.num), .text(title),
      .text(RecordSummary.dateKey(of: state)?.string ?? SearchText.fold(title)), .integer(record.isStale ? 1 : 0))
    try connection.run(
      "INSERT INTO search(rowid, text) VALUES(?1, ?2)", .integer(record.num), .text(SearchText.of(state)))
    for reference in RecordReferences.of(state) {
      try connection.run(
        "INSERT OR IGNORE INTO reference(target, source, field) VALUES(?1, ?2, ?3)",
        .bytes(reference.target.bytes), .integer(record.num), .text(reference.field.string))
    }
    for cell in state.cells(of: "sourceIds") {
      guard let key = cell.path.key else { continue }
      try connection.run(
        "INSERT OR IGNORE INTO origin(source, record) VALUES(?1, ?2)", .text(key.string), .integer(record.num))
    }
  }

  /// Removes what followed from one record.
  public static func forget(_ connection: Connection, _ num: Int64) throws {
    try connection.run("DELETE FROM search WHERE rowid = ?1", .integer(num))
    try connection.run("DELETE FROM reference WHERE source = ?1", .integer(num))
    try connection.run("DELETE FROM origin WHERE record = ?1", .integer(num))
  }

  /// Takes deleted words out of the search index for good.
  ///
  /// FTS5 only marks what is deleted until its segments are merged (sqlite.org/fts5.html §6.8).
  public static func forgetWords(_ store: Store) throws {
    try store.connection.run("INSERT INTO search(search) VALUES('optimize')")
  }

  /// Writes everything again from the states.
  public static func rebuild(_ store: Store) throws {
    try store.connection.execute("DELETE FROM search; DELETE FROM reference; DELETE FROM origin")
    var numbers: [Int64] = []
    try store.connection.rows("SELECT num FROM record") { numbers.append($0.integer(0)) }
    for number in numbers {
      guard var record = try store.records.find(num: number) else { continue }
      try store.records.save(&record)
      try update(store, record)
    }
  }
}
