import Foundation
import JSON
import Replica
import Sync
import Terminal
import TestKit
import Testing

@Suite("Conflicts and refusals as an inbox", .serialized)
struct InboxTests {
  private let programs: Programs
  private let hub: RunningHub
  private let id: String
  private static let start = "El foro reúne a las ciudades hermanas para hablar de la violencia urbana y de la paz."

  /// Two cities that have changed one summary apart; Durban knows of it.
  init() throws {
    programs = try Programs()
    hub = try RunningHub(programs)
    for city in ["bogota", "durban"] {
      try programs.join(city, hub)
      try programs.must(city, "sync")
    }
    id = try programs.addEvent("bogota", "--title", "Foro", "--summary", Self.start)
    try programs.must("bogota", "sync")
    try programs.must("durban", "sync")
    try programs.must("bogota", "set", id, "--summary", Self.start.replacing("foro", with: "foro municipal"))
    try programs.must("durban", "set", id, "--summary", Self.start.replacing("paz", with: "esperanza"))
    try programs.must("bogota", "sync")
    try programs.must("durban", "sync", code: 3)
  }

  private func walk(columns: UInt16 = 100, editor: String? = nil) throws -> Seat {
    let process = programs.process("pioc", ["resolve"], city: "durban")
    process.environment?["VISUAL"] = editor
    return try Seat(process, columns: columns)
  }

  @Test("a conflict that somebody settles or writes to while the walk asks is shown again, or passed over")
  func meanwhile() throws {
    let seat = try walk()
    try seat.wait(for: "q stop: ")
    try programs.must("bogota", "sync", code: 3)
    try programs.must("bogota", "resolve", id, "--value", "Tercer texto")
    try programs.must("durban", "set", id, "--summary", "Cuarto texto")
    try programs.must("bogota", "sync")
    try programs.must("durban", "sync", code: 3)
    try seat.answer("q stop: ", "1")
    try seat.wait(for: "Tercer texto")
    try seat.wait(for: "q stop: ")
    try programs.must("durban", "resolve", id, "--take", "1")
    try seat.answer("q stop: ", "2")
    let ended = seat.end()
    #expect(ended.code == 0 && ended.shown.contains("settled meanwhile"), "\(ended)")
  }

  @Test("who settles a conflict is told what was written, and each value that it replaced")
  func told() throws {
    let told = try programs.must("durban", "resolve", id, "--take", "2").errors
    #expect(told.contains("Summary: \"El foro municipal"), "\(told)")
    #expect(told.contains("(was \"El foro municipal") && told.contains("and \"El foro reúne"), "\(told)")
  }

  @Test("an editor that is missing, fails or leaves nothing is named in the walk, and the question comes again")
  func editors() throws {
    for (editor, words) in [
      ("nonesuch-editor", "VISUAL or EDITOR"), ("false", "ended with code 1"), ("rm", "left no text"),
      ("true", "as it was"), ("truncate -s 0", "empty"),
    ] {
      let seat = try walk(editor: editor)
      try seat.answer("q stop: ", "v")
      try seat.wait(for: "q stop: ")
      #expect(seat.shown.contains(words), "\(editor): \(seat.shown)")
      try seat.answer("q stop: ", "q")
      #expect(seat.end().code == 3)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: programs.folder.path("durban"))
    #expect(!files.contains { $0.hasPrefix("edit-") }, "\(files)")
  }

  @Test("the walk's questions fit 40 columns, and the end of input ends it on a line of its own")
  func narrow() throws {
    let seat = try walk(columns: 40)
    try seat.answer("stop: ", "9")
    try seat.wait(for: "stop: ")
    let first = seat.shown
    try seat.answer("stop: ", "\u{4}")
    let shown = (first + seat.end().shown).replacing(/\u{1B}\[[0-9;]*m/, with: "")
    let lines = shown.split(whereSeparator: \.isNewline).map(String.init)
    #expect(lines.contains { $0.hasPrefix("0 conflicts settled") }, "\(lines)")
    for line in lines where line.contains(" ") { #expect(DisplayWidth.of(line) <= 40, "\(line)") }
    // Ids of records of one moment are long; what the list shows of them can be typed.
    for number in 1...3 { _ = try programs.addEvent("durban", "--title", "Otro \(number)") }
    let short = try programs.must("durban", "conflicts").output.split(separator: "\n")[1].prefix { $0 != "\t" }
    let list = try Seat(programs.process("pioc", ["conflicts"], city: "durban"), columns: 40).end().shown
    #expect(short.count > 6 && list.contains("\(short)  Foro"), "\(short): \(list)")
  }

  @Test("the number of a value is taken with the digits of any keyboard")
  func digits() throws {
    let seat = try walk()
    try seat.answer("q stop: ", "٢")
    #expect(seat.end().code == 0)
    try programs.must("bogota", "sync", code: 3)
    try programs.must("bogota", "resolve", id, "--take", "፩", code: 2)
    try programs.must("bogota", "resolve", id, "--take", "۲")
  }

  @Test("what the city that deletes is told of a record kept by another's edit, and its own undo keeps it for all")
  func undoneDelete() throws {
    let other = try programs.addEvent("bogota", "--title", "Encuentro")
    try programs.must("bogota", "sync", code: 3)
    try programs.must("durban", "sync", code: 3)
    try programs.must("bogota", "rm", other)
    try programs.must("durban", "set", other, "--summary", "Texto")
    try programs.must("durban", "sync", code: 3)
    let told = try programs.must("bogota", "sync", code: 3).output
    #expect(told.contains("kept      \"Encuentro\""), "\(told)")
    #expect(told.contains("durban wrote to it, while you deleted it"), "\(told)")
    #expect(try programs.json("bogota", "conflicts", "show", other)["conflicts"]?.array?.count == 1)
    #expect(try programs.must("bogota", "undo", other, "2").output.contains("Undone"))
    #expect(try programs.json("bogota", "conflicts", "show", other)["conflicts"]?.array?.count == 0)
  }

  @Test("of an edit that met an erasure it is said that it went, and of the record that it was erased")
  func erased() throws {
    let other = try programs.addEvent("bogota", "--title", "Ana Torres")
    try programs.must("bogota", "sync", code: 3)
    try programs.must("durban", "sync", code: 3)
    let replica = try programs.replica("bogota")
    try replica.edit(try #require(RecordID(Text(other))), kind: "event", at: 1_800_000_000_000) { $0.erase() }
    try replica.close()
    try programs.must("bogota", "sync", code: 3)
    try programs.must("durban", "set", other, "--summary", "Trabajo de horas")
    let told = try programs.must("durban", "sync", code: 3).output
    #expect(told.contains("erased    \(other), by bogota; what you wrote to it went with it"), "\(told)")
    #expect(!told.contains("\"(erased)\"") && !told.contains("merged"), "\(told)")
    #expect(told.contains("removed 1 record that was erased"), "\(told)")
    let past = try programs.must("durban", "show", other, "--at", "today", code: 1).errors
    #expect(past.contains("erased for good") && !past.contains("not there yet"), "\(past)")
  }

  @Test("a refused change is shown by its number, is named where its record is shown, and says how to mend it")
  func refused() throws {
    var replica = try programs.replica("bogota")
    let record = try #require(RecordID(Text(id)))
    try replica.edit(record, kind: "event", at: 1_700_000_000_000, checked: false) { $0.put("language", 7) }
    let lost = RecordID(milliseconds: 1, random: Array(repeating: 1, count: 10))
    try replica.edit(lost, kind: "event", at: 1_700_000_000_000, checked: false) { draft in
      draft.put("title", "Nuevo evento")
      draft.put("when", 7)
    }
    try replica.close()
    try programs.must("bogota", "sync", code: 3)
    let number = try #require(try programs.json("bogota", "rejected").array?.first?["number"]?.integer).description
    #expect(try programs.must("bogota", "rejected", "show", number).output.contains("Language"))
    #expect(try programs.must("bogota", "rejected", "mend", number, code: 2).errors.contains("rejected edit"))
    let shown = try programs.must("bogota", "show", id)
    #expect(shown.errors.contains("'pioc rejected \(number)'"), "\(shown.errors)")
    #expect(try programs.must("bogota", "show", "Nuevo evento", code: 2).errors.contains("'pioc rejected'"))
    let retried = try programs.must("bogota", "rejected", "retry", number, code: 2).errors
    #expect(retried.contains("'pioc rejected edit \(number)'"), "\(retried)")
    replica = try programs.replica("bogota")
    #expect(try replica.rejectedCount() == 2)
    try replica.close()
  }

  @Test("a refused change that is written again beside a newer value says that the two are a conflict now")
  func mendedBeside() throws {
    let other = try programs.addEvent("bogota", "--title", "Otro")
    let replica = try programs.replica("bogota")
    try replica.edit(try #require(RecordID(Text(other))), kind: "event", at: 1_800_000_000_000, checked: false) {
      $0.put("language", 7)
      $0.put("summary", "Primer texto")
    }
    try replica.close()
    try programs.must("bogota", "sync", code: 3)
    try programs.must("bogota", "set", other, "--summary", "Segundo texto")
    let number = try #require(try programs.json("bogota", "rejected").array?.first?["number"]?.integer).description
    let told = try programs.must("bogota", "rejected", "edit", number, "--set", "language=es").errors
    let advised = try #require(told.firstMatch(of: /'pioc (conflicts show [0-9a-f-]+)'/), "\(told)").1
    let shown = try programs.pioc("bogota", advised.split(separator: " ").map(String.init)).output
    #expect(shown.contains("Primer texto") && shown.contains("Segundo texto"), "\(shown)")
  }
}
