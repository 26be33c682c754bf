import JSON
public import SQLite
public import Sync

/// Which records other systems gave ids, at a hub.
public enum Origins {
  /// Notes the foreign ids of the record with this number; those that it had before stay noted, and who looks them up asks its state.
  public static func add(_ state: RecordState, _ record: Int64, _ connection: Connection) throws {
    for cell in state.cells(of: "sourceIds") {
      guard let key = cell.path.key else { continue }
      try connection.run(
        "INSERT OR IGNORE INTO origin(source, record) VALUES(?1, ?2)", .text(key.string), .integer(record))
    }
  }

  /// Forgets all that is known of a record beside its state, which was erased.
  public static func forget(_ id: RecordID, _ record: Int64, _ connection: Connection) throws {
    try connection.run("DELETE FROM origin WHERE record = ?1", .integer(record))
    try connection.run("DELETE FROM view WHERE record = ?1", .integer(record))
    // An answer that is kept may show the values of a conflict.
    try connection.run("DELETE FROM answered WHERE instr(body, ?1) > 0", .bytes(id.text.bytes))
  }
}
