import JSON
import Records
import Sync
import TestKit
import Testing

@Suite("Tables that people made")
struct TableFileTests {
  private func read(_ text: String, kind: Kind? = nil) throws -> ImportFile {
    try ImportFile(Array(text.utf8), kind: kind)
  }

  @Test(
    "separators, line ends and marks do not matter",
    arguments: [",", ";", "\t"], ["\n", "\r\n", "\r"])
  func shapes(_ separator: String, _ lineEnd: String) throws {
    let rows = [["Title", "when", "area"], ["Foro", "2027-03-01", "\"Paz\(lineEnd)Agua; limpia\""]]
    let text = rows.map { $0.joined(separator: separator) }.joined(separator: lineEnd)
    for mark in ["", "\u{FEFF}"] {
      let file = try read(mark + text)
      #expect(file.form == "CSV with " + [",": "commas", ";": "semicolons", "\t": "tabs"][separator, default: ""])
      let item = try #require(file.items.first)
      #expect(item.problem == nil && item.kind == "event" && item.line == 2)
      #expect(item.document["title"] == "Foro" && item.document["areas"] == ["Paz", "Agua; limpia"])
    }
  }

  @Test("a first line that names the separator counts")
  func namedSeparator() throws {
    let file = try read("sep=;\r\ntitle;when\r\nx;tba\r\n")
    #expect(file.items.map(\.line) == [3] && file.items[0].document["title"] == "x")
  }

  @Test("every bad row is told with its line and field, and every good one is taken")
  func rows() throws {
    let file = try read(
      """
      record,title,when,type,@mine
      event,A,2027-03-01,,x

      event,B,soon,,
      publication,C,,report,
      publication,D,2027-03-01,report,
      town,E,,,
      event,"F,2027-03-01
      """)
    #expect(file.items.map { $0.problem == nil } == [true, false, true, false, false, false])
    #expect(file.items.map(\.line) == [2, 4, 5, 6, 7, 8])
    #expect(file.items[1].problem?.hasPrefix("when: ") ?? false)
    #expect(file.items[3].problem?.hasPrefix("when: ") ?? false)
  }

  @Test(
    "a file that cannot be meant is refused as a whole",
    arguments: [
      "", "\n\n", "titel,when\nx,tba", "title,title\nx,y", "title,Title,when\nx,y,tba", "topic\nx", "title,when\n\u{0}",
    ])
  func refused(_ text: String) throws {
    if text.contains("\u{0}") {
      #expect(try read(text).items.first?.problem != nil)
    } else {
      #expect(throws: ImportError.self) { try read(text) }
    }
  }

  @Test("what a spreadsheet saves as Unicode text is read, and refused where it is damaged", arguments: [true, false])
  func wide(isLittle: Bool) throws {
    let units = Array("\u{FEFF}title\twhen\r\nBogotá 🕊\ttba\r\n".utf16)
    let bytes = units.flatMap { unit in
      isLittle ? [UInt8(unit & 0xFF), UInt8(unit >> 8)] : [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    let file = try ImportFile(bytes)
    #expect(file.form == "CSV with tabs" && file.items.map { $0.document["title"] } == ["Bogotá 🕊"])
    #expect(throws: ImportError.self) { try ImportFile(bytes + [0x41]) }
    let half: [UInt8] = isLittle ? [0x3D, 0xD8] : [0xD8, 0x3D]
    let error = try #require(throws: ImportError.self) { try ImportFile(bytes + half) }
    #expect(error.description.contains("damaged"))
  }

  @Test("a title above the names of the fields is told as that")
  func titleRow() throws {
    let error = try #require(throws: ImportError.self) { try read("Lista de eventos 2026;;\n\ntitle;when;\nx;tba;\n") }
    #expect(error.description.contains("'Lista de eventos 2026'") && error.description.contains("above"))
  }

  @Test("another encoding than UTF-8 is refused and not guessed")
  func encodings() throws {
    let latin = Array("title,when\nx,tba\nBogot".utf8) + [0xE1] + Array(",tba\n".utf8)
    let error = try #require(throws: ImportError.self) { try ImportFile(latin) }
    #expect(error.description.contains("line 3"))
    #expect(throws: ImportError.self) { try ImportFile([0xFF, 0xFE, 0x61, 0x00]) }
  }

  @Test("the lines of records in JSON are found")
  func jsonLines() throws {
    let file = try read(
      "{\"format\":\"pioc-records/1\",\"x\":{\"[\":\"\\\"[{\"},\n\"records\":[\n{\"record\":\"event\"},\n\n{\"id\":\"7\"}]}"
    )
    #expect(file.items.map(\.line) == [3, 5])
    #expect(file.items[1].problem != nil)
    #expect(try read("[{\"record\":\"event\",\"title\":\"x\"},7]").items.map { $0.problem == nil } == [true, false])
  }

  @Test("any bytes at all are read or refused")
  func anyBytes() throws {
    var random = SeededRandom(3)
    var taken = 0
    for seed in 1...200 as ClosedRange<UInt64> {
      var records = try RandomRecords(seed: seed)
      var file = ExportFile(.csv, kinds: [Kinds.event])
      file.add(try records.next(of: Kinds.event), without: [])
      var bytes = file.bytes
      for _ in 0...random.below(5) {
        let place = random.below(bytes.count)
        let piece = random.pick(["\"", ",", "\n", ";", "json:", "'", "=", "ሰ", ""])
        bytes.replaceSubrange(place..<min(bytes.count, place + random.below(4)), with: Array(piece.utf8))
      }
      taken += (try? ImportFile(bytes).items.filter { $0.problem == nil }.count) ?? 0
    }
    #expect(taken > 5, "only \(taken) were taken")
  }
}
