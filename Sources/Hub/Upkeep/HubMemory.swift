public import JSON
import SQLite
public import Store
public import Sync

/// What a hub must not forget when its log is put back from a copy: whom it trusts, and what was erased.
///
/// A token that was taken back must not open anything again, and nobody should have to join anew; what somebody wanted
/// erased must not be read again because a disk failed.
public struct HubMemory {
  /// The hub's id.
  public let hub: Text
  /// The last seq.
  public let head: Int64
  /// The records that are erased, with their kinds.
  public let erased: [(id: RecordID, kind: Text)]
  private let rows: [(table: String, values: [[SQLValue]])]

  private static let tables = ["member", "invite", "token", "known_replica"]

  /// Reads what a store knows.
  public init(_ store: Store) throws {
    guard let hub = try store.settings.text("hub") else { throw StoreError("the file is of no hub") }
    self.hub = hub
    head = try store.log.lastPosition()
    var erased: [(id: RecordID, kind: Text)] = []
    try store.connection.rows("SELECT id, kind FROM record WHERE deleted = 2 ORDER BY num") { row in
      guard let id = RecordID(bytes: row.bytes(0)) else { throw StoreError("the id of a record is damaged") }
      erased.append((id, Text(row.text(1))))
    }
    self.erased = erased
    rows = try Self.tables.map { table in
      var values: [[SQLValue]] = []
      let statement = try store.connection.prepareOnce("SELECT * FROM \(table)")
      defer { statement.reset() }
      while try statement.step() { values.append((0..<statement.row.columnCount).map { statement.row.value($0) }) }
      return (table, values)
    }
  }

  /// Gives another store of the same schema this hub's members, invites, tokens and replicas for its own.
  func replaceAccess(in store: Store) throws {
    for (table, values) in rows {
      try store.connection.execute("DELETE FROM \(table)")
      for row in values {
        let marks = row.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
        let statement = try store.connection.prepareOnce("INSERT INTO \(table) VALUES(\(marks))")
        for (index, value) in row.enumerated() { statement.bind(Int32(index + 1), value: value) }
        try statement.runOnce()
      }
    }
  }
}
