import SQLite
import Testing

@Suite("Functions in Swift")
struct FunctionTests {
  let connection: Connection

  init() throws {
    connection = try Connection(path: "", mode: .memory)
  }

  @Test("every kind of value goes in and comes out", arguments: ValueTests.edges.indices)
  func echo(_ index: Int) throws {
    try connection.registerFunction(name: "echo", argumentCount: 1, deterministic: true) { $0[0] }
    let value = ValueTests.edges[index]
    #expect(try connection.first("SELECT echo(?1)", value) { $0.value(0) } == value)
  }

  @Test("a function gets all arguments, a REAL one as text")
  func arguments() throws {
    try connection.registerFunction(name: "count_of", argumentCount: -1, deterministic: false) { values in
      #expect(values.isEmpty || values == [1, "x", nil, "1.5"])
      return SQLValue(values.count)
    }
    #expect(try connection.integer("SELECT count_of()") == 0)
    #expect(try connection.integer("SELECT count_of(1, 'x', NULL, 1.5)") == 4)
  }

  @Test("what a function holds is let go when it is replaced, and when the connection closes")
  func release() throws {
    final class Token {}
    weak var first: Token?
    weak var second: Token?
    do {
      let one = Token()
      let two = Token()
      (first, second) = (one, two)
      try connection.registerFunction(name: "f", argumentCount: 0, deterministic: true) { [one] values in
        withExtendedLifetime(one) { SQLValue(values.count) }
      }
      try connection.registerFunction(name: "g", argumentCount: 0, deterministic: true) { [two] values in
        withExtendedLifetime(two) { SQLValue(values.count) }
      }
    }
    #expect(first != nil && second != nil)
    try connection.registerFunction(name: "f", argumentCount: 0, deterministic: true) { _ in 2 }
    #expect(first == nil)
    #expect(try connection.integer("SELECT f() + g()") == 2)
    try connection.close()
    #expect(second == nil)
  }

  @Test("a name or a count that cannot be is an error")
  func refusal() {
    #expect(throws: SQLiteError.self) {
      try connection.registerFunction(name: "f", argumentCount: 1000, deterministic: true) { _ in nil }
    }
    let name = String(repeating: "f", count: 300)
    #expect(throws: SQLiteError.self) {
      try connection.registerFunction(name: name, argumentCount: 1, deterministic: true) { _ in nil }
    }
  }

  @Test("a stranger's view cannot call a function")
  func views() throws {
    try connection.registerFunction(name: "secret", argumentCount: 0, deterministic: true) { _ in 1 }
    try connection.execute("CREATE VIEW v AS SELECT secret() AS a")
    #expect(throws: SQLiteError.self) { try connection.integer("SELECT a FROM v") }
  }
}
