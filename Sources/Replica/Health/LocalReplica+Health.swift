public import JSON
import Records
import SQLite
import Store
public import Sync

extension LocalReplica {
  /// What SQLite finds wrong with the file (sqlite.org/pragma.html#pragma_quick_check); nothing if all is well.
  public func fileFaults() throws -> [String] {
    var faults: [String] = []
    try store.connection.rows("PRAGMA quick_check(10)") { faults.append($0.text(0)) }
    return faults == ["ok"] ? [] : faults
  }

  /// How many bytes a page of the file has: the file is as many whole pages long (sqlite.org/fileformat2.html, 1.2).
  public func pageSize() throws -> Int64 { try store.connection.integer("PRAGMA page_size") ?? 0 }

  /// The settings under which this replica acknowledges what it is given, as they are in force.
  public func fileSettings() throws -> [(name: String, value: String)] {
    var settings = [("sqlite", try text("SELECT sqlite_version()"))]
    settings.append(("journal", try text("PRAGMA journal_mode")))
    settings.append(("synchronous", try text("PRAGMA synchronous") == "2" ? "full" : "not full"))
    settings.append(("secure-delete", try text("PRAGMA secure_delete") == "1" ? "on" : "off"))
    return settings
  }

  private func text(_ query: StaticString) throws -> String {
    try store.connection.first(query) { $0.text(0) } ?? ""
  }

  /// When the oldest change was written that is still to be sent, in milliseconds; `nil` if nothing is.
  public func pendingSince() throws -> Int64? {
    try store.connection.first("SELECT body FROM log WHERE fate = 0 AND body IS NOT NULL ORDER BY pos LIMIT 1") {
      try Change(bytes: $0.bytes(0)).at
    }
  }

  /// The references of live records to records that are not here, or were erased or deleted.
  public func danglingReferences() throws -> [(source: RecordID, field: Text, target: RecordID)] {
    var found: [(source: RecordID, field: Text, target: RecordID)] = []
    try store.connection.rows(
      """
      SELECT source.id, reference.field, reference.target FROM reference JOIN record AS source ON source.num = reference.source
      WHERE source.deleted = 0
      AND NOT EXISTS (SELECT 1 FROM record WHERE record.id = reference.target AND record.deleted = 0)
      ORDER BY source.num, reference.field
      """
    ) { row in
      guard let source = RecordID(bytes: row.bytes(0)), let target = RecordID(bytes: row.bytes(2)) else { return }
      found.append((source, Text(row.text(1)), target))
    }
    return found
  }

  /// The fields whose text is not in NFC: what `pioc` never writes, but other programs may.
  public func decomposedTexts() throws -> [(record: RecordID, field: Text)] {
    var found: [(record: RecordID, field: Text)] = []
    try store.connection.rows("SELECT state FROM record WHERE deleted = 0 ORDER BY num") { row in
      guard let state = try? RecordState(storedBytes: row.bytes(0)[...]) else { return }
      var fields: Set<Text> = []
      for cell in state.cells where cell.path != .life && !fields.contains(cell.path.field) {
        let isComposed = ComposedText.holds(cell.value) && cell.path.key.map(ComposedText.holds) ?? true
        if !isComposed { fields.insert(cell.path.field) }
      }
      found += fields.sorted().map { (state.record, $0) }
    }
    return found
  }
}
