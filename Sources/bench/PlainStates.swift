import SQLite

/// Plain SQLite as a replica would be written without any of our code: one table of states by id.
struct PlainStates {
  private let connection: Connection

  init(path: String) throws {
    connection = try Connection(path: path)
    try JournalProfile.replica.apply(to: connection)
    try connection.execute(
      "CREATE TABLE record(num INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, state BLOB NOT NULL) STRICT")
  }

  /// Seconds that writing takes.
  func write(_ states: [(id: [UInt8], bytes: [UInt8])], perTransaction size: Int) throws -> Double {
    try Stopwatch.time {
      var start = 0
      while start < states.count {
        let end = min(start + size, states.count)
        try connection.transaction {
          let statement = try connection.prepare(
            "INSERT INTO record(id, state) VALUES(?1, ?2) ON CONFLICT(id) DO UPDATE SET state = excluded.state")
          for (id, bytes) in states[start..<end] {
            statement.bind(1, id)
            statement.bind(2, bytes)
            _ = try statement.step()
            statement.reset()
          }
        }
        start = end
      }
    }
  }
}
