import SQLite
import Sync

/// The same bytes written and read by plain SQLite: one log table with one unique index, WAL and synchronous=FULL.
struct Yardstick {
  private let connection: Connection

  init(path: String) throws {
    connection = try Connection(path: path)
    try JournalProfile.hub.apply(to: connection)
    try connection.execute(
      "CREATE TABLE log(seq INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, body BLOB NOT NULL) STRICT")
  }

  /// Writes changes in transactions of this size; acknowledged means committed.
  func write(_ changes: ArraySlice<Change>, perTransaction size: Int) throws {
    var start = changes.startIndex
    while start < changes.endIndex {
      let end = min(start + size, changes.endIndex)
      try connection.transaction {
        let statement = try connection.prepare("INSERT INTO log(name, body) VALUES(?1, ?2)")
        for change in changes[start..<end] {
          statement.bind(1, text: change.name.description)
          statement.bind(2, change.bytes)
          _ = try statement.step()
          statement.reset()
        }
      }
      start = end
    }
  }

  /// Reads every body once; how many bytes they have.
  func read() throws -> Int {
    var size = 0
    try connection.rows("SELECT seq, body FROM log ORDER BY seq") { row in
      size += row.withBytes(1) { $0.count }
    }
    return size
  }
}
