import SQLite
import Testing

@Suite("Backup")
struct BackupTests {
  struct Stop: Error {}
  let folder: TemporaryFolder
  let source: Connection

  init() throws {
    folder = try TemporaryFolder()
    source = try Connection(path: folder.path())
    try JournalProfile.hub.apply(to: source)
    try source.execute(
      """
      CREATE TABLE t(a INTEGER PRIMARY KEY, b);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
      INSERT INTO t SELECT i, randomblob(1000) FROM n
      """)
  }

  func content(_ connection: Connection) throws -> [SQLValue] {
    var all: [SQLValue] = []
    try connection.rows("SELECT a, b FROM t ORDER BY a") { all += [$0.value(0), $0.value(1)] }
    return all
  }

  func openCopy() throws -> Connection {
    let copy = try Connection(path: folder.path("copy.db"), mode: .readWrite)
    #expect(try copy.integrityProblems().isEmpty)
    return copy
  }

  @Test("a copy opens and equals its source, and no other file belongs to it")
  func copy() throws {
    var told: [Int] = []
    try source.backup(to: folder.path("copy.db"), pagesPerStep: 10) { remaining, total in
      told.append(remaining)
      #expect(total > 100)
    }
    #expect(told.count > 10 && told == told.sorted(by: >))
    #expect(!folder.exists("copy.db-journal") && !folder.exists("copy.db-wal"))
    #expect(try content(openCopy()) == content(source))
    #expect(try content(source).count == 1000)
  }

  @Test("a file that is there already is not touched")
  func existing() throws {
    try folder.write([], "empty.db")
    try folder.write([1, 2, 3], "full.db")
    for name in ["empty.db", "full.db", "test.db"] {
      let before = try folder.bytes(name)
      let error = #expect(throws: SQLiteError.self) { try source.backup(to: folder.path(name)) }
      #expect(error?.isCannotOpen == true)
      #expect(try folder.bytes(name) == before)
    }
  }

  @Test("the connection may write while it is copied")
  func writing() throws {
    try source.backup(to: folder.path("copy.db"), pagesPerStep: 20) { _, _ in
      try source.run("UPDATE t SET b = randomblob(900) WHERE a IN (1, 250, 500)")
      try source.run("INSERT INTO t(b) VALUES (randomblob(10))")
    }
    #expect(try content(openCopy()) == content(source))
    #expect(try content(source).count > 1000)
  }

  @Test("a copy that is given up leaves no file")
  func cancelling() throws {
    #expect(throws: Stop.self) {
      try source.backup(to: folder.path("copy.db"), pagesPerStep: 1) { _, _ in throw Stop() }
    }
    #expect(!folder.exists("copy.db"))
    var backup: Backup? = try Backup(of: source, to: folder.path("copy.db"))
    #expect(try backup?.step(pages: 5) == true)
    #expect(backup?.remainingPages ?? 0 > 0)
    let error = #expect(throws: SQLiteError.self) { try source.close() }
    #expect(error?.isBusy == true)
    backup?.cancel()
    #expect(throws: SQLiteError.self) { try backup?.step(pages: 5) }
    try folder.write([1], "copy.db")
    backup = nil
    #expect(try folder.bytes("copy.db") == [1])
    #expect(throws: SQLiteError.self) { try source.backup(to: folder.path("no/such/folder.db")) }
  }

  @Test("what is not committed yet is not copied")
  func uncommitted() throws {
    try source.begin()
    try source.run("DELETE FROM t")
    let error = #expect(throws: SQLiteError.self) { try source.backup(to: folder.path("copy.db")) }
    #expect(error?.isBusy == true)
    #expect(!folder.exists("copy.db"))
    try source.rollback()
    try source.backup(to: folder.path("copy.db"), pagesPerStep: -1)
    #expect(try content(openCopy()).count == 1000)
  }

  @Test(
    "a virtual file system that is named is asked whether there is a file", arguments: [nil, "unix-dotfile"])
  func named(_ vfs: String?) throws {
    let path = folder.path("other.db")
    let connection = try Connection(path: path, vfs: vfs)
    try connection.execute("CREATE TABLE t(a); INSERT INTO t VALUES (5)")
    #expect(throws: SQLiteError.self) { try connection.backup(to: path) }
    try connection.backup(to: folder.path("copy.db"))
    #expect(try Connection(path: folder.path("copy.db"), vfs: vfs).integer("SELECT a FROM t") == 5)
    #expect(throws: SQLiteError.self) { try connection.backup(to: folder.path("copy.db")) }
  }
}
