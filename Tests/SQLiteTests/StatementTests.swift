import SQLite
import Testing

@Suite("Statement")
struct StatementTests {
  let connection: Connection

  init() throws {
    connection = try Connection(path: "", mode: .memory)
    try connection.execute(
      "CREATE TABLE t(a INTEGER PRIMARY KEY, b); INSERT INTO t VALUES (1,'x'),(2,'y'),(3,'z')")
  }

  @Test("the same SQL may run inside itself")
  func nesting() throws {
    func descend(_ depth: Int) throws -> Int {
      var rows = 0
      try connection.rows("SELECT a FROM t ORDER BY a") { _ in
        rows += 1
        if depth > 1 { rows += try descend(depth - 1) }
      }
      return rows
    }
    #expect(try descend(3) == 3 + 9 + 27)
  }

  /// One place in the source, so one literal, whatever the linker does with equal ones.
  func literal() throws -> Statement { try connection.prepare("SELECT a, ?1 FROM t ORDER BY a") }

  @Test("a statement is lent to one holder at a time, and comes back from the cache after that")
  func lending() throws {
    var one: Statement? = try literal()
    let first = try ObjectIdentifier(#require(one))
    let two = try literal()
    #expect(ObjectIdentifier(two) != first)
    #expect(try two.step())
    one = nil
    #expect(try ObjectIdentifier(literal()) == first)
  }

  @Test("a statement that was left in the middle starts afresh, without its old values")
  func forgotten() throws {
    do {
      let statement = try literal()
      statement.bind(1, 99)
      #expect(try statement.step())
      #expect(try statement.step())
      #expect(statement.row.integer(0) == 2)
    }
    let again = try literal()
    #expect(try again.step())
    #expect(again.row.integer(0) == 1)
    #expect(again.row.isNull(1))
  }

  @Test("a statement that failed is not lent again")
  func eviction() throws {
    func insert() throws -> Statement { try connection.prepare("INSERT INTO t(a) VALUES (1)") }
    var failed: Statement? = try insert()
    let error = #expect(throws: SQLiteError.self) { try failed?.runOnce() }
    #expect(error?.isConstraint == true && error?.code == 1555 && error?.primaryCode == 19)
    weak let old = failed
    failed = nil
    #expect(old != nil)
    let fresh = try insert()
    #expect(old == nil)
    #expect(throws: SQLiteError.self) { try fresh.runOnce() }
  }

  @Test("rows are reset even when their reader throws")
  func readerThrows() throws {
    struct Stop: Error {}
    #expect(throws: Stop.self) { try connection.rows("SELECT a FROM t") { _ in throw Stop() } }
    #expect(throws: Stop.self) {
      try connection.first("SELECT a FROM t") { (_) throws -> Int in throw Stop() }
    }
    // An open reader would keep the table from being dropped.
    try connection.execute("DROP TABLE t")
  }

  @Test("a finished statement does not run a second time by itself")
  func restart() throws {
    let insert = try connection.prepare("INSERT INTO t(b) VALUES ('w')")
    #expect(try !insert.step())
    let error = #expect(throws: SQLiteError.self) { try insert.step() }
    #expect(error?.isMisuse == true)
    #expect(try connection.integer("SELECT count(*) FROM t") == 4)
    insert.reset()
    #expect(try !insert.step())
    #expect(try connection.integer("SELECT count(*) FROM t") == 5)
  }

  @Test("a failed bind is thrown by the step, once")
  func badIndex() throws {
    let statement = try connection.prepare("INSERT INTO t(b) VALUES (?1)")
    statement.bind(2, 1)
    statement.bind(1, 5)
    let error = #expect(throws: SQLiteError.self) { try statement.step() }
    #expect(error?.isMisuse == true)
    statement.reset()
    statement.bind(1, text: "fine")
    try statement.runOnce()
    #expect(try connection.text("SELECT b FROM t WHERE a = 4") == "fine")
  }

  @Test("the number of values must be the number of parameters")
  func countOfValues() throws {
    #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO t(b) VALUES (?1)") }
    #expect(throws: SQLiteError.self) { try connection.run("INSERT INTO t(b) VALUES (?1)", 1, 2) }
    try connection.run("INSERT INTO t(b) VALUES (?1 || ?1)", "a")
    #expect(try connection.integer("SELECT count(*) FROM t") == 4)
  }

  @Test("only one statement is prepared", arguments: ["SELECT 1; SELECT 2", "", " -- nothing", "SELECT 1\0"])
  func oneOnly(_ sql: String) throws {
    #expect(throws: SQLiteError.self) { try connection.prepareOnce(sql) }
  }

  @Test("blanks and comments may follow a statement")
  func trailing() throws {
    let statement = try connection.prepareOnce("SELECT 1; ; -- that is all\n /* really */ ")
    #expect(try statement.step())
  }

  @Test("an error tells the SQL and not the values")
  func errorText() throws {
    try connection.execute("CREATE TABLE person(name TEXT UNIQUE, age INTEGER) STRICT")
    try connection.run("INSERT INTO person VALUES (?1, ?2)", "Aïcha Secret", 41)
    let double = #expect(throws: SQLiteError.self) {
      try connection.run("INSERT INTO person VALUES (?1, ?2)", "Aïcha Secret", 41)
    }
    let text = try #require(double).description
    #expect(text.contains("UNIQUE constraint failed: person.name"))
    #expect(text.contains("INSERT INTO person VALUES (?1, ?2)"))
    #expect(text.contains("2067"))
    #expect(!text.contains("Secret") && !text.contains("41"))
    // SQLite quotes the value in this message.
    let path = #expect(throws: SQLiteError.self) {
      try connection.text("SELECT json_extract('{}', ?1)", "Secret")
    }
    #expect(try #require(path).message.contains("Secret"))
    #expect(try !"\(#require(path))".contains("Secret"))
    let wrong = #expect(throws: SQLiteError.self) { try connection.run("SELEKT 1") }
    #expect(try "\(#require(wrong))".contains("SELEKT"))
  }

  @Test("a cached statement follows a change of the schema")
  func schemaChange() throws {
    func read() throws -> Int32? { try connection.first("SELECT * FROM t") { $0.columnCount } }
    #expect(try read() == 2)
    try connection.execute("ALTER TABLE t ADD COLUMN c")
    #expect(try read() == 3)
  }

  @Test("a commit that fails after the first row is not overlooked")
  func returning() throws {
    let folder = try TemporaryFolder()
    let writer = try Connection(path: folder.path())
    try writer.execute("CREATE TABLE t(a)")
    let reader = try Connection(path: folder.path())
    let held = try reader.prepare("SELECT 1 FROM sqlite_schema")
    #expect(try held.step())
    let error = #expect(throws: SQLiteError.self) {
      try writer.integer("INSERT INTO t VALUES (5) RETURNING a")
    }
    #expect(error?.isBusy == true)
    #expect(throws: SQLiteError.self) {
      try writer.first("INSERT INTO t VALUES (5) RETURNING a") { $0.integer(0) }
    }
    held.reset()
    #expect(try writer.integer("INSERT INTO t VALUES (6) RETURNING a") == 6)
    #expect(try reader.integer("SELECT sum(a) FROM t") == 6)
  }
}
