import SQLite
import Testing

@Suite("Transactions")
struct TransactionTests {
  struct Stop: Error {}
  let folder: TemporaryFolder
  let connection: Connection

  init() throws {
    folder = try TemporaryFolder()
    connection = try Connection(path: folder.path())
    try connection.execute("CREATE TABLE t(a UNIQUE)")
  }

  func count() throws -> Int64? { try connection.integer("SELECT count(*) FROM t") }

  @Test("a transaction gives its result and is stored")
  func commit() throws {
    let result = try connection.transaction {
      #expect(connection.isInTransaction)
      try connection.run("INSERT INTO t VALUES (1)")
      return "done"
    }
    #expect(result == "done")
    #expect(!connection.isInTransaction)
    #expect(try Connection(path: folder.path()).integer("SELECT count(*) FROM t") == 1)
  }

  @Test("an error rolls everything back and is thrown")
  func rollback() throws {
    #expect(throws: Stop.self) {
      try connection.transaction {
        try connection.run("INSERT INTO t VALUES (1)")
        throw Stop()
      }
    }
    #expect(!connection.isInTransaction)
    #expect(try count() == 0)
  }

  @Test("a transaction inside a transaction throws and leaves the outer one alone")
  func nesting() throws {
    try connection.transaction {
      try connection.run("INSERT INTO t VALUES (1)")
      #expect(throws: SQLiteError.self) {
        try connection.transaction { Issue.record("the inner body ran") }
      }
      #expect(connection.isInTransaction)
    }
    #expect(try count() == 1)
  }

  @Test("after SQLite rolled back by itself, the first error is thrown")
  func automaticRollback() throws {
    try connection.run("INSERT INTO t VALUES (1)")
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction {
        try connection.run("INSERT INTO t VALUES (2)")
        try connection.run("INSERT OR ROLLBACK INTO t VALUES (1)")
      }
    }
    #expect(error?.isConstraint == true)
    #expect(try count() == 1)
  }

  @Test("an error of SQLite that the body swallows does not end in a false success")
  func swallowed() throws {
    try connection.run("INSERT INTO t VALUES (1)")
    #expect(throws: SQLiteError.self) {
      try connection.transaction { try? connection.run("INSERT OR ROLLBACK INTO t VALUES (1)") }
    }
  }

  @Test("a commit that fails is rolled back and thrown")
  func failedCommit() throws {
    try connection.execute(
      "PRAGMA foreign_keys=ON; CREATE TABLE u(a REFERENCES t(a) DEFERRABLE INITIALLY DEFERRED)")
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction { try connection.run("INSERT INTO u VALUES (5)") }
    }
    #expect(error?.isConstraint == true)
    #expect(!connection.isInTransaction)
    #expect(try connection.integer("SELECT count(*) FROM u") == 0)
  }

  @Test("a commit that cannot get its lock is rolled back and thrown")
  func busyCommit() throws {
    let reader = try Connection(path: folder.path())
    let held = try reader.prepare("SELECT 1 FROM sqlite_schema")
    #expect(try held.step())
    let error = #expect(throws: SQLiteError.self) {
      try connection.transaction { try connection.run("INSERT INTO t VALUES (5)") }
    }
    #expect(error?.isBusy == true)
    #expect(!connection.isInTransaction)
    held.reset()
    #expect(try count() == 0)
  }

  @Test("begin, commit and rollback by hand")
  func byHand() throws {
    try connection.begin()
    try connection.run("INSERT INTO t VALUES (1)")
    try connection.rollback()
    #expect(throws: SQLiteError.self) { try connection.commit() }
    try connection.begin()
    try connection.run("INSERT INTO t VALUES (2)")
    try connection.commit()
    #expect(try connection.integer("SELECT sum(a) FROM t") == 2)
  }

  @Test("closing rolls back")
  func closing() throws {
    let other = try Connection(path: folder.path())
    try other.begin()
    try other.run("INSERT INTO t VALUES (1)")
    try other.close()
    #expect(try count() == 0)
  }
}
