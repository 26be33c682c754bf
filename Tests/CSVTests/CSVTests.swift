import CSV
import TestKit
import Testing

@Suite("Tables of cells")
struct CSVTests {
  private func rows(_ text: String, _ separator: String = ",") -> [CSVRow] {
    var reader = CSVReader(Array(text.utf8)[...], separator: Array(separator.utf8)[0])
    var rows: [CSVRow] = []
    while let row = reader.next() { rows.append(row) }
    return rows
  }

  private func texts(_ text: String, _ separator: String = ",") -> [[String]] {
    rows(text, separator).map { $0.cells.map { String(decoding: $0, as: UTF8.self) } }
  }

  @Test(
    "rows and cells are read as RFC 4180 writes them",
    arguments: [
      ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
      ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]), ("a,,\n,\n", [["a", "", ""], ["", ""]]),
      ("\"a,b\",\"c\r\nd\"\n", [["a,b", "c\r\nd"]]), ("\"a\"\"b\",\"\"\"\",\"\"", [["a\"b", "\"", ""]]),
      ("a\n\nb", [["a"], [""], ["b"]]), ("5\" pipe,x", [["5\" pipe", "x"]]), (" \"a\"", [[" \"a\""]]), ("", []),
      ("ሰላም,\"مدن\nሰ\"", [["ሰላም", "مدن\nሰ"]]),
    ] as [(String, [[String]])])
  func reading(_ text: String, _ expected: [[String]]) {
    #expect(texts(text) == expected)
    #expect(rows(text).allSatisfy { $0.problem == nil })
  }

  @Test("cells are divided by what is said, and by nothing else")
  func separators() {
    #expect(texts("a;b,c\td", ";") == [["a", "b,c\td"]])
    #expect(texts("a;b,c\td", "\t") == [["a;b,c", "d"]])
  }

  @Test("every row knows its line, also after cells of several lines")
  func lines() {
    #expect(rows("a\n\"b\nc\r\nd\re\"\nf\r\n\ng").map(\.line) == [1, 2, 6, 7, 8])
  }

  @Test("a row that is badly written says so, and the others are read")
  func problems() {
    let found = rows("a\n\"b\"c,d\ne\n\"f\ng")
    #expect(found.map { $0.problem != nil } == [false, true, false, true])
    #expect(found.last?.problem?.contains("line 4") ?? false)
  }

  @Test("what is written is read back, whatever it is")
  func roundTrip() {
    var random = SeededRandom(7)
    let pieces = ["a", ",", ";", "\t", "\"", "\r", "\n", "\r\n", " ", "'", "=", "ሰ", ""]
    for _ in 1...2_000 {
      let table = (0...random.below(4)).map { _ in
        (0...random.below(4)).map { _ in Array((0...random.below(4)).map { _ in random.pick(pieces) }.joined().utf8) }
      }
      var writer = CSVWriter(withMark: false)
      for row in table { writer.write(row) }
      var reader = CSVReader(writer.bytes[...], separator: UInt8(ascii: ","))
      var read: [[[UInt8]]] = []
      while let row = reader.next() {
        #expect(row.problem == nil)
        read.append(row.cells)
      }
      #expect(read == table, "\(String(decoding: writer.bytes, as: UTF8.self))")
    }
  }

  @Test("any bytes at all are read to their end")
  func anyBytes() {
    var random = SeededRandom(8)
    for _ in 1...2_000 {
      let bytes = (0...random.below(40)).map { _ in random.pick(Array(",;\"\r\n\taé=".utf8) + [0, 0xFF]) }
      var reader = CSVReader(bytes[...], separator: UInt8(ascii: ","))
      var last = 0
      while let row = reader.next() {
        #expect(row.line > last && !row.cells.isEmpty)
        last = row.line
      }
    }
  }

  @Test(
    "what a spreadsheet could run gets an apostrophe, also behind quotes",
    arguments: [
      "=1+1", "+57 1", "-1", "@sum", "\tx", "\rx", "\nx", "\0x", "\"=1", "'=1", "''=1", " =1", "＝1", "＋1", "－1", "＠x",
      "'\"=1",
    ])
  func guarded(_ text: String) {
    let cell = Array(text.utf8)
    #expect(SpreadsheetGuard.guarded(cell) == Array("'".utf8) + cell)
    #expect(SpreadsheetGuard.bare(SpreadsheetGuard.guarded(cell)) == cell)
  }

  @Test("all else stays as it is", arguments: ["", "a", "'a", "a=1", "1-2", "\"a", "'", "''", "ሰላም", "2027-03-01"])
  func harmless(_ text: String) {
    let cell = Array(text.utf8)
    #expect(SpreadsheetGuard.guarded(cell) == cell)
    #expect(SpreadsheetGuard.bare(cell) == cell)
  }

  @Test("no two cells become one by being guarded")
  func guardIsExact() {
    var random = SeededRandom(9)
    for _ in 1...5_000 {
      let cell = Array(
        (0...random.below(5)).map { _ in random.pick(["'", "\"", " ", "=", "＝", "a", "\t"]) }.joined().utf8)
      #expect(SpreadsheetGuard.bare(SpreadsheetGuard.guarded(cell)) == cell)
    }
  }
}
