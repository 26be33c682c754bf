import SQLite
import Testing

@Suite("JournalProfile")
struct JournalProfileTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test("the hub's settings are in force")
  func hub() throws {
    let connection = try Connection(path: folder.path())
    try JournalProfile.hub.apply(to: connection)
    try connection.execute("CREATE TABLE t(a)")
    #expect(try connection.pragma("journal_mode") == "wal")
    #expect(try connection.pragma("synchronous") == "2")
    #expect(try connection.pragma("locking_mode") == "exclusive")
    #expect(try connection.pragma("wal_autocheckpoint") == "4000")
    #expect(try connection.pragma("cache_size") == "-65536")
    #expect(try connection.pragma("secure_delete") == "1")
    #expect(try connection.pragma("temp_store") == "2")
    #expect(folder.exists("test.db-wal"))
    #expect(!folder.exists("test.db-shm"))
  }

  @Test("a hub's file is opened by one process only")
  func exclusive() throws {
    let first = try Connection(path: folder.path())
    try JournalProfile.hub.apply(to: first)
    let second = try Connection(path: folder.path())
    let error = #expect(throws: SQLiteError.self) { try JournalProfile.hub.apply(to: second) }
    #expect(error?.isBusy == true)
    try first.close()
    try JournalProfile.hub.apply(to: second)
  }

  @Test("the replica's settings are in force")
  func replica() throws {
    let connection = try Connection(path: folder.path())
    try JournalProfile.replica.apply(to: connection)
    try connection.execute("CREATE TABLE t(a)")
    #expect(try connection.pragma("journal_mode") == "truncate")
    #expect(try connection.pragma("synchronous") == "2")
    #expect(try connection.pragma("locking_mode") == "normal")
    #expect(try connection.pragma("busy_timeout") == "5000")
    #expect(try connection.pragma("secure_delete") == "1")
    let other = try Connection(path: folder.path())
    try JournalProfile.replica.apply(to: other)
    try other.run("INSERT INTO t VALUES (1)")
    try connection.run("INSERT INTO t VALUES (2)")
  }

  @Test("a hub's file can become a replica's, and back")
  func change() throws {
    for profile in [JournalProfile.hub, .replica, .hub] {
      let connection = try Connection(path: folder.path())
      try profile.apply(to: connection)
      try connection.execute("CREATE TABLE IF NOT EXISTS t(a); INSERT INTO t VALUES (1)")
    }
    #expect(try Connection(path: folder.path()).integer("SELECT count(*) FROM t") == 3)
  }

  @Test("settings that cannot be in force are refused", arguments: JournalProfile.allCases)
  func refusal(_ profile: JournalProfile) throws {
    let memory = try Connection(path: "", mode: .memory)
    let error = #expect(throws: JournalProfileError.self) { try profile.apply(to: memory) }
    #expect("\(try #require(error))".contains("journal_mode is memory"))
    try Connection(path: folder.path()).execute("CREATE TABLE t(a)")
    let reader = try Connection(path: folder.path(), mode: .readOnly)
    #expect(throws: JournalProfileError.readOnly) { try profile.apply(to: reader) }
    let busy = try Connection(path: folder.path())
    try busy.begin()
    #expect(throws: (any Error).self) { try profile.apply(to: busy) }
  }
}
