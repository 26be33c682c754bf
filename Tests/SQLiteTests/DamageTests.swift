import SQLite
import Testing

@Suite("Damaged files")
struct DamageTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let connection = try Connection(path: folder.path())
    try connection.execute(
      """
      CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT);
      CREATE INDEX i ON t(b);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
      INSERT INTO t SELECT i, hex(randomblob(100)) FROM n
      """)
    try connection.close()
  }

  func readAll() throws {
    let connection = try Connection(path: folder.path())
    try connection.rows("SELECT * FROM t ORDER BY b") { row in _ = row.text(1) }
    #expect(try connection.integrityProblems().isEmpty == false)
  }

  @Test("another kind of file is not a database")
  func notADatabase() throws {
    try folder.write(Array(repeating: UInt8(ascii: "x"), count: 5000))
    let error = #expect(throws: SQLiteError.self) { try readAll() }
    #expect(error?.isNotADatabase == true)
    let migrations = Migrations(applicationID: 1, [])
    let refusal = #expect(throws: SchemaError.self) { try migrations.check(Connection(path: folder.path())) }
    guard case .unreadable(let cause) = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(cause.isNotADatabase)
  }

  @Test("a file that was cut short is corrupt")
  func truncated() throws {
    let bytes = try folder.bytes()
    try folder.write(Array(bytes[..<(bytes.count / 2)]))
    let error = #expect(throws: SQLiteError.self) { try readAll() }
    #expect(error?.isCorrupt == true)
  }

  @Test("no page that is zeroed or noise makes the program trap")
  func pages() throws {
    let bytes = try folder.bytes()
    var generator = SystemRandomNumberGenerator()
    var found = 0
    for page in 0..<(bytes.count / 4096) {
      for isNoise in [false, true] {
        var damaged = bytes
        for offset in page * 4096..<(page + 1) * 4096 {
          damaged[offset] = isNoise ? UInt8.random(in: 0...255, using: &generator) : 0
        }
        try folder.write(damaged)
        do {
          try readAll()
          found += 1
        } catch let error as SQLiteError {
          found += 1
          #expect(error.isCorrupt || error.isNotADatabase, "\(error)")
        }
      }
    }
    #expect(found > 20)
  }

  @Test("the check names what is wrong, and a sound file has nothing wrong")
  func integrity() throws {
    #expect(try Connection(path: folder.path()).integrityProblems().isEmpty)
    var bytes = try folder.bytes()
    let root = try Connection(path: folder.path()).integer(
      "SELECT rootpage FROM sqlite_schema WHERE name = 'i'")
    let start = Int(try #require(root) - 1) * 4096
    bytes.replaceSubrange(start..<start + 4096, with: repeatElement(0, count: 4096))
    try folder.write(bytes)
    #expect(try !Connection(path: folder.path()).integrityProblems().isEmpty)
  }
}
