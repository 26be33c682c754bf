import SQLite
import Testing

@Suite("Connection")
struct ConnectionTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test("what is written is there after closing and opening again")
  func persistence() throws {
    let first = try Connection(path: folder.path())
    try first.execute("CREATE TABLE t(a) STRICT".replacing("a)", with: "a INTEGER)"))
    try first.run("INSERT INTO t VALUES (?1)", 42)
    #expect(first.changes == 1)
    #expect(first.lastInsertRowID == 1)
    try first.close()
    try first.close()
    let second = try Connection(path: folder.path(), mode: .readOnly)
    #expect(try second.integer("SELECT a FROM t") == 42)
    #expect(second.isReadOnly)
    let error = #expect(throws: SQLiteError.self) { try second.run("DELETE FROM t") }
    #expect(error?.isReadOnly == true)
  }

  @Test("a file that must exist is not made", arguments: [OpenMode.readWrite, .readOnly])
  func missing(_ mode: OpenMode) throws {
    let error = #expect(throws: SQLiteError.self) { try Connection(path: folder.path(), mode: mode) }
    #expect(error?.isCannotOpen == true)
    #expect(!folder.exists("test.db"))
  }

  @Test("names that SQLite reads as databases that vanish are refused", arguments: ["", ":memory:", "a\0b"])
  func vanishing(_ path: String) {
    let error = #expect(throws: SQLiteError.self) { try Connection(path: path) }
    #expect(error?.isCannotOpen == true)
  }

  @Test("an unknown virtual file system is an error")
  func unknownFileSystem() {
    #expect(throws: SQLiteError.self) { try Connection(path: folder.path(), vfs: "no such thing") }
  }

  @Test("a closed connection throws and answers nothing")
  func closed() throws {
    let connection = try Connection(path: folder.path())
    try connection.close()
    let error = #expect(throws: SQLiteError.self) { try connection.run("SELECT 1") }
    #expect(error?.isMisuse == true)
    #expect(throws: SQLiteError.self) { try connection.execute("SELECT 1") }
    #expect(connection.changes == 0 && connection.totalChanges == 0 && connection.lastInsertRowID == 0)
    #expect(!connection.isInTransaction)
  }

  @Test("closing waits for the holders of statements")
  func closingEarly() throws {
    let connection = try Connection(path: folder.path())
    var statement: Statement? = try connection.prepare("SELECT 1")
    let error = #expect(throws: SQLiteError.self) { try connection.close() }
    #expect(error?.isBusy == true)
    #expect(try statement?.step() == true)
    statement = nil
    try connection.close()
  }

  @Test("a statement outlives its connection")
  func outliving() throws {
    var connection: Connection? = try Connection(path: folder.path())
    let statement = try #require(try connection?.prepare("SELECT 7"))
    connection = nil
    #expect(try statement.step())
    #expect(statement.row.integer(0) == 7)
  }

  @Test("two connections wait for each other no longer than the timeout")
  func busy() throws {
    let one = try Connection(path: folder.path())
    let two = try Connection(path: folder.path())
    two.busyTimeout(milliseconds: 30)
    try one.execute("CREATE TABLE t(a)")
    try one.begin()
    let start = ContinuousClock.now
    let error = #expect(throws: SQLiteError.self) { try two.begin() }
    #expect(error?.isBusy == true)
    #expect(ContinuousClock.now - start >= .milliseconds(25))
    #expect(!two.isInTransaction)
    try one.commit()
    try two.transaction { try two.run("INSERT INTO t VALUES (1)") }
    #expect(try one.integer("SELECT count(*) FROM t") == 1)
  }

  @Test("many statements run in order, and stop at the first that fails")
  func many() throws {
    let connection = try Connection(path: "", mode: .memory)
    try connection.execute("; CREATE TABLE t(a); -- a comment; with a semicolon\nINSERT INTO t VALUES (1);;")
    let error = #expect(throws: SQLiteError.self) {
      try connection.execute("INSERT INTO t VALUES (2); INSERT INTO u VALUES (3); INSERT INTO t VALUES (4)")
    }
    #expect(error?.message == "no such table: u")
    #expect(try connection.integer("SELECT group_concat(a, '') FROM t") == 12)
    try connection.execute("")
    #expect(throws: SQLiteError.self) { try connection.execute("INSERT INTO t VALUES (5)\0; DELETE FROM t") }
    #expect(try connection.integer("SELECT count(*) FROM t") == 2)
  }

  @Test("the schema of a stranger's file is not trusted")
  func hardening() throws {
    let connection = try Connection(path: folder.path())
    #expect(try connection.pragma("trusted_schema") == "0")
    #expect(try connection.pragma("cell_size_check") == "1")
    try connection.execute("CREATE TABLE t(a); PRAGMA writable_schema=ON")
    #expect(throws: SQLiteError.self) { try connection.execute("DELETE FROM sqlite_schema") }
    #expect(throws: SQLiteError.self) { try connection.execute(#"SELECT "not a column""#) }
    #expect(try connection.pragma("journal_mode=OFF") != "off")
  }

  @Test("the library says its version")
  func version() {
    #expect(Connection.libraryVersion.hasPrefix("3."))
  }
}
