import Dispatch
import Glibc
import SQLite
import Testing

@Suite("Migrations")
struct MigrationsTests {
  static let one = Migration(name: "tables", sql: "CREATE TABLE t(a); INSERT INTO t VALUES (1);")
  static let two = Migration(name: "more", sql: "ALTER TABLE t ADD COLUMN b; CREATE TABLE u(a)") {
    connection in
    try connection.run("UPDATE t SET b = ?1", "from code")
  }
  static let three = Migration(name: "last", sql: "DROP TABLE u")
  let old = Migrations(applicationID: 0x5053, [one])
  let new = Migrations(applicationID: 0x5053, [one, two, three])
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  func open() throws -> Connection { try Connection(path: folder.path()) }

  @Test("a new file gets all steps, an old one those that it lacks, a current one none")
  func run() throws {
    let connection = try open()
    try old.check(connection)
    try old.run(connection)
    #expect(try connection.pragma("user_version") == "1")
    #expect(try connection.pragma("application_id") == "\(0x5053)")
    try new.check(connection)
    try new.run(connection)
    #expect(try connection.pragma("user_version") == "3")
    #expect(try connection.text("SELECT b FROM t") == "from code")
    let changes = connection.totalChanges
    try new.run(connection)
    #expect(connection.totalChanges == changes)
  }

  @Test("a newer file is refused and keeps every byte", arguments: [JournalProfile.hub, .replica])
  func newer(_ profile: JournalProfile) throws {
    var connection: Connection? = try open()
    try profile.apply(to: #require(connection))
    try new.run(#require(connection))
    connection = nil
    let before = try folder.bytes()
    connection = try open()
    let error = #expect(throws: SchemaError.self) { try old.check(#require(connection)) }
    #expect(error == .newer(found: 3, known: 1))
    #expect(throws: SchemaError.self) { try old.run(#require(connection)) }
    connection = nil
    #expect(try folder.bytes() == before)
    #expect(!folder.exists("test.db-shm"))
  }

  @Test("a refusal leaves a crashed hub's write-ahead log where it is")
  func newerWithLog() throws {
    let hub = try open()
    try JournalProfile.hub.apply(to: hub)
    try new.run(hub)
    let log = try folder.bytes("test.db-wal")
    let file = try folder.bytes()
    try #require(!log.isEmpty)
    // The copy of an open hub's files is what a crash leaves.
    let copy = try TemporaryFolder()
    try copy.write(file)
    try copy.write(log, "test.db-wal")
    var connection: Connection? = try Connection(path: copy.path())
    let error = #expect(throws: SchemaError.self) { try old.check(#require(connection)) }
    #expect(error == .newer(found: 3, known: 1))
    connection = nil
    #expect(try copy.bytes() == file)
    #expect(try copy.bytes("test.db-wal") == log)
    #expect(!copy.exists("test.db-shm"))
    let right = try Connection(path: copy.path())
    try new.check(right)
    try right.close()
    #expect(try copy.bytes() != file)
  }

  @Test("looking at a hub's file does not make shared memory, at a replica's does not keep a lock")
  func check() throws {
    let connection = try open()
    try JournalProfile.hub.apply(to: connection)
    try new.run(connection)
    try connection.close()
    let hub = try open()
    try new.check(hub)
    try JournalProfile.hub.apply(to: hub)
    try hub.execute("INSERT INTO t(a) VALUES (2)")
    #expect(!folder.exists("test.db-shm"))
    try hub.close()
    let replica = try open()
    try new.check(replica)
    try JournalProfile.replica.apply(to: replica)
    let other = try open()
    try new.check(other)
    try new.check(replica)
    try other.execute("BEGIN EXCLUSIVE; COMMIT")
    try replica.execute("BEGIN EXCLUSIVE; COMMIT")
    #expect(try replica.pragma("locking_mode") == "normal")
  }

  @Test("a file of another program is refused and keeps every byte", arguments: [0, 7])
  func foreign(_ identifier: Int32) throws {
    try open().execute("CREATE TABLE t(a); PRAGMA application_id=\(identifier)")
    let before = try folder.bytes()
    let connection = try open()
    let error = #expect(throws: SchemaError.self) { try new.check(connection) }
    #expect(error == .foreign(applicationID: identifier))
    #expect(throws: SchemaError.self) { try new.run(connection) }
    try connection.close()
    #expect(try folder.bytes() == before)
  }

  @Test("a version that cannot be, and texts in UTF-16, are refused")
  func strange() throws {
    try open().execute("PRAGMA encoding='UTF-16'; PRAGMA application_id=\(0x5053); CREATE TABLE t(a)")
    let first = #expect(throws: SchemaError.self) { try new.check(open()) }
    #expect(first == .encoding("UTF-16le"))
    let other = try Connection(path: folder.path("other.db"))
    try other.execute("PRAGMA application_id=\(0x5053); PRAGMA user_version=-1")
    let second = #expect(throws: SchemaError.self) { try new.check(other) }
    #expect(second == .invalidVersion(-1))
  }

  @Test("a blank file may be checked before anything is made")
  func blank() throws {
    let connection = try open()
    try new.check(connection)
    try connection.close()
    #expect(try folder.bytes().isEmpty)
  }

  static let bad = [
    Migration(
      name: "SQL", sql: "CREATE TABLE v(a); INSERT INTO t VALUES (9); INSERT INTO nowhere VALUES (1)"),
    Migration(name: "code", sql: "CREATE TABLE v(a); INSERT INTO t VALUES (9)") { _ in
      throw CancellationError()
    },
    Migration(name: "end", sql: "SELECT 1; ROLLBACK"),
  ]

  @Test("a step that fails half way leaves the version before it", arguments: bad.indices)
  func halfRun(_ index: Int) throws {
    let connection = try open()
    let broken = Migrations(applicationID: 0x5053, [Self.one, Self.bad[index], Self.three])
    #expect(throws: (any Error).self) { try broken.run(connection) }
    #expect(!connection.isInTransaction)
    #expect(try connection.pragma("user_version") == "1")
    #expect(try connection.integer("SELECT count(*) FROM t") == 1)
    #expect(try connection.integer("SELECT count(*) FROM sqlite_schema") == 1)
    try new.run(connection)
    #expect(try connection.pragma("user_version") == "3")
  }

  @Test("two that migrate at the same time both succeed")
  func race() throws {
    for round in 0..<20 {
      let path = folder.path("\(round).db")
      let migrations = new
      DispatchQueue.concurrentPerform(iterations: 2) { _ in
        do {
          let connection = try Connection(path: path)
          connection.busyTimeout(milliseconds: 5000)
          try migrations.check(connection)
          try JournalProfile.replica.apply(to: connection)
          try migrations.run(connection)
        } catch {
          Issue.record("\(error)")
        }
      }
      #expect(try Connection(path: path).pragma("user_version") == "3")
    }
  }

  @Test("kill -9 in the middle of a step leaves the version before it")
  func killed() async throws {
    let path = folder.path()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let deadly = Migration(name: "deadly", sql: "CREATE TABLE v(a); INSERT INTO t VALUES (9)") {
        connection in
        // Makes SQLite write the pages out before the end.
        try connection.execute("PRAGMA cache_spill=1; PRAGMA cache_size=1")
        for _ in 0..<200 { try connection.run("INSERT INTO v VALUES (zeroblob(4000))") }
        kill(getpid(), SIGKILL)
      }
      let connection = try Connection(path: path)
      try JournalProfile.replica.apply(to: connection)
      try Migrations(applicationID: 0x5053, [MigrationsTests.one, deadly]).run(connection)
    }
    #expect(try folder.bytes("test.db-journal").count > 0)
    let connection = try open()
    try new.check(connection)
    try JournalProfile.replica.apply(to: connection)
    #expect(try connection.pragma("user_version") == "1")
    #expect(try connection.integer("SELECT count(*) FROM t") == 1)
    #expect(try connection.isSound())
    try new.run(connection)
  }

  @Test("an application id of 0 is a programming error")
  func zero() async {
    await #expect(processExitsWith: .failure) { _ = Migrations(applicationID: 0, []) }
  }
}

extension Connection {
  fileprivate func isSound() throws -> Bool { try integrityProblems().isEmpty }
}
