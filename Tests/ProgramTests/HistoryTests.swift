import Foundation
import TestKit
import Testing

@Suite("A record's history")
struct HistoryTests {
  @Test("who wrote what and what it replaced is shown, and one change of it is undone for all", .timeLimit(.minutes(2)))
  func undo() throws {
    let programs = try Programs()
    let hub = try RunningHub(programs)
    try programs.join("bogota", hub)
    try programs.join("durban", hub)
    let words = ["event", "add", "--title", "Foro", "--when", "2027-03-01", "--area", "Paz", "--json"]
    let added = try programs.pioc("bogota", words).output
    let id = try #require(added.firstMatch(of: /"id": "([0-9a-f-]{36})"/)).1.description
    for city in ["bogota", "durban"] { _ = try programs.pioc(city, ["sync"]) }
    let edit = ["event", "set", id, "--title", "Forum", "--add", "area=Water", "--remove", "area=Paz"]
    try #require(try programs.pioc("durban", edit).exitCode == 0)
    for city in ["durban", "bogota"] { _ = try programs.pioc(city, ["sync"]) }
    let history = try programs.pioc("bogota", ["event", "history", id]).output
    #expect(history.contains("Title: \"Forum\" (was \"Foro\")") && history.contains("by durban"), "\(history)")
    let name = try #require(history.firstMatch(of: /\((durban-[0-9a-z]+\/1)\)/)).1.description
    // By a title of several words, and what is advised then works as pasted.
    let wrong = try programs.pioc("bogota", ["undo", "Forum", "9"])
    let advised = try #require(wrong.errors.firstMatch(of: /'pioc ([^']+)'/)).1.split(separator: " ").map(String.init)
    #expect(wrong.exitCode == 2 && advised.first == "event" && id.hasPrefix(advised.last ?? "-"), "\(wrong.errors)")
    #expect(try programs.pioc("bogota", advised).exitCode == 0)
    let undone = try programs.pioc("bogota", ["undo", id, name])
    #expect(undone.exitCode == 0, "\(undone.errors)")
    for city in ["bogota", "durban"] { _ = try programs.pioc(city, ["sync"]) }
    let shown = try programs.pioc("durban", ["event", "show", id]).output
    #expect(shown.contains("Foro\n") && shown.contains("Paz") && !shown.contains("Water"), "\(shown)")
    // Another has written it since.
    let again = try programs.pioc("durban", ["undo", id, name])
    #expect(again.exitCode == 2 && again.errors.contains("by bogota"), "\(again.errors)")
  }

  @Test("a record is shown as it was, or it is said that this is not known")
  func past() throws {
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    let words = ["event", "add", "--title", "Foro", "--when", "2027-03-01", "--json"]
    let added = try programs.pioc("bogota", words).output
    let id = try #require(added.firstMatch(of: /"id": "([0-9a-f-]{36})"/)).1.description
    let now = try programs.pioc("bogota", ["event", "show", id, "--at", "9999-01-01"])
    #expect(now.exitCode == 0 && now.output.contains("Foro") && now.errors.contains("not sent"), "\(now.errors)")
    let before = try programs.pioc("bogota", ["event", "show", id, "--at", "2026-01-01"])
    #expect(before.exitCode == 1 && before.errors.contains("not there yet"), "\(before.errors)")
    for wrong in ["2026-02-30", "soon", "1-1-2026", "2026-01-01 24:00"] {
      #expect(try programs.pioc("bogota", ["event", "show", id, "--at", wrong]).exitCode == 2)
    }
  }

  @Test("what is advised where a change cannot be undone leads somewhere")
  func advice() throws {
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    let id = try programs.addEvent("bogota", "--title", "Uno", "--area", "Paz")
    try programs.must("bogota", "set", id, "--title", "Dos", "--add", "area=Agua", "--language", "es")
    try programs.must("bogota", "set", id, "--title", "Tres", "--remove", "area=Agua")
    // Some of it was written again since: only whole fields that are free are named, as options take them.
    for words in [["undo", id, "2"], ["undo", id, "2", "--field", "title"]] {
      let told = try programs.pioc("bogota", words)
      #expect(told.exitCode == 2 && told.errors.contains("--field language"), "\(told.errors)")
      #expect(!told.errors.contains("--field title") && !told.errors.contains("--field area"), "\(told.errors)")
    }
    try programs.must("bogota", "undo", id, "2", "--field", "language")
    // It made the record, and the field is named already.
    let made = try programs.must("bogota", "undo", id, "1", "--field", "title", code: 2).errors
    #expect(made.contains("was written again since") && !made.contains("made the record"), "\(made)")
    try programs.must("bogota", "rm", id)
    try programs.must("bogota", "restore", id)
    let restored = try programs.must("bogota", "undo", id, "6", code: 2).errors
    #expect(restored.contains("'pioc event rm \(id)'"), "\(restored)")
  }

  @Test("of a long text that was changed the history shows the words that differ")
  func longText() throws {
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    let text = String(repeating: "palabras y más palabras ", count: 20) + "al fin"
    let id = try programs.addEvent("bogota", "--title", "Uno", "--summary", text)
    try programs.must("bogota", "set", id, "--summary", text.replacing("al fin", with: "por fin"))
    let history = try programs.must("bogota", "history", id).output
    #expect(history.contains("[-al-]{+por+} fin"), "\(history)")
  }

  @Test("a day that is still to come is not told as past")
  func tomorrow() throws {
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    let id = try programs.addEvent("bogota", "--title", "Uno")
    let told = try programs.must("bogota", "show", id, "--at", "tomorrow").errors
    #expect(told.contains("how it is now") && !told.contains("how it was"), "\(told)")
  }
}
