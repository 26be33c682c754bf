import SQLite
import Testing

@Suite("Values")
struct ValueTests {
  let connection: Connection

  init() throws {
    connection = try Connection(path: "", mode: .memory)
    try connection.execute("CREATE TABLE t(a)")
  }

  static let edges: [SQLValue] = [
    nil, 0, -1, .integer(.max), .integer(.min), "", "a\0b\0", "\0", "e\u{301}", "\u{e9}",
    "👩‍👩‍👧‍👦\r\n", .bytes([]), .bytes([0]), .bytes(Array(0...255)),
    .bytes(Array(repeating: 0xAB, count: 1 << 20)),
    .text(String(repeating: "会", count: 400_000)),
  ]

  @Test("edge values come back as they went", arguments: edges.indices)
  func roundTrip(_ index: Int) throws {
    let value = Self.edges[index]
    try connection.run("INSERT INTO t VALUES (?1)", value)
    #expect(try connection.first("SELECT a FROM t") { $0.value(0) } == value)
    let byHand = try connection.prepare("SELECT a, typeof(a) FROM t WHERE a IS ?1")
    byHand.bind(1, value: value)
    #expect(try byHand.step())
    #expect(byHand.row.isNull(0) == (value == .null))
    switch value {
    case .null: #expect(byHand.row.text(1) == "null")
    case .integer(let number): #expect(byHand.row.optionalInteger(0) == number)
    case .text(let text): #expect(byHand.row.bytes(0) == Array(text.utf8))
    case .bytes(let bytes): #expect(byHand.row.optionalBytes(0) == bytes && byHand.row.text(1) == "blob")
    }
  }

  @Test("every way of binding stores the same")
  func bindings() throws {
    let insert = try connection.prepare("INSERT INTO t VALUES (?1)")
    let content: [UInt8] = [1, 0, 2, 0xFF]
    let text = Array("né\0!".utf8)
    insert.bind(1, content)
    try insert.runOnce()
    insert.bind(1, ([9] + content + [9])[1...4])
    try insert.runOnce()
    try content.withUnsafeBytes { buffer in
      insert.bindBorrowed(1, buffer)
      try insert.runOnce()
    }
    insert.bind(1, text: "né\0!")
    try insert.runOnce()
    insert.bind(1, textBytes: text)
    try insert.runOnce()
    try text.withUnsafeBytes { buffer in
      insert.bindBorrowed(1, textBytes: buffer)
      try insert.runOnce()
    }
    var found: [SQLValue] = []
    try connection.rows("SELECT a FROM t ORDER BY rowid") { found.append($0.value(0)) }
    #expect(found == Array(repeating: .bytes(content), count: 3) + Array(repeating: "né\0!", count: 3))
  }

  @Test("nothing is not NULL")
  func empty() throws {
    let insert = try connection.prepare("INSERT INTO t VALUES (?1)")
    insert.bind(1, [UInt8]())
    try insert.runOnce()
    insert.bind(1, [UInt8]()[...])
    try insert.runOnce()
    insert.bindBorrowed(1, UnsafeRawBufferPointer(start: nil, count: 0))
    try insert.runOnce()
    insert.bind(1, text: "")
    try insert.runOnce()
    insert.bind(1, textBytes: [])
    try insert.runOnce()
    insert.bindBorrowed(1, textBytes: UnsafeRawBufferPointer(start: nil, count: 0))
    try insert.runOnce()
    insert.bindNull(1)
    try insert.runOnce()
    try insert.runOnce()
    let types = try connection.text("SELECT group_concat(typeof(a), ' ') FROM t")
    #expect(types == "blob blob blob text text text null null")
    try connection.rows("SELECT a FROM t WHERE a IS NOT NULL") { row in
      #expect(row.bytes(0).isEmpty && row.optionalBytes(0) == [] && !row.isNull(0))
      #expect(row.withBytes(0) { $0.count } == 0)
    }
    try connection.rows("SELECT a FROM t WHERE a IS NULL") { row in
      #expect(row.optionalText(0) == nil && row.optionalInteger(0) == nil && row.optionalBytes(0) == nil)
      #expect(row.text(0).isEmpty && row.integer(0) == 0 && row.bytes(0).isEmpty)
    }
  }

  @Test("a copy is bound, so the original may change")
  func copies() throws {
    var bytes: [UInt8] = [1, 2, 3]
    let select = try connection.prepare("SELECT ?1")
    select.bind(1, bytes)
    bytes[0] = 9
    #expect(try select.step())
    #expect(select.row.bytes(0) == [1, 2, 3])
  }

  @Test("optional values become NULL")
  func optionals() {
    #expect(SQLValue(Int?.none) == .null && SQLValue(7) == .integer(7) && SQLValue(Int?.some(7)) == 7)
    #expect(SQLValue(String?.none) == .null && SQLValue(Int64(5)) == 5 && SQLValue(true) == 1)
    #expect(SQLValue([UInt8]?.none) == .null && SQLValue(Bool?.none) == .null && SQLValue(false) == 0)
  }

  @Test("values are equal only byte by byte and in one type")
  func equality() {
    #expect(SQLValue.text("e\u{301}") != .text("\u{e9}"))
    #expect(SQLValue.text("1") != .integer(1))
    #expect(SQLValue.text("a") != .bytes(Array("a".utf8)))
  }

  @Test("text that is not UTF-8 keeps its bytes and reads with replacements")
  func invalidText() throws {
    let insert = try connection.prepare("INSERT INTO t VALUES (?1)")
    insert.bind(1, textBytes: [0x61, 0xFF, 0x62])
    try insert.runOnce()
    try connection.rows("SELECT a FROM t") { row in
      #expect(row.text(0) == "a\u{FFFD}b")
      #expect(row.bytes(0) == [0x61, 0xFF, 0x62])
    }
  }
}
