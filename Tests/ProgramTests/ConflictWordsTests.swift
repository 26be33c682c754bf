import Foundation
import JSON
import TestKit
import Testing

@Suite("Conflicts as a person meets them", .serialized)
struct ConflictWordsTests {
  private let programs: Programs
  private let hub: RunningHub
  private let id: String
  private static let start = "The forum brings the partner cities together to speak of violence and of peace."

  /// Two cities that have changed one summary apart.
  init() throws {
    programs = try Programs()
    hub = try RunningHub(programs)
    for city in ["bogota", "durban"] {
      try programs.join(city, hub)
      // From the start of the log on, a city gets changes and knows what they replaced.
      try programs.must(city, "sync")
    }
    id = try programs.addEvent("bogota", "--title", "Peace forum", "--summary", Self.start)
    try programs.must("bogota", "sync")
    try programs.must("durban", "sync")
    try programs.must(
      "bogota", "event", "set", id, "--summary", Self.start.replacing("forum", with: "municipal forum"))
    try programs.must("durban", "event", "set", id, "--summary", Self.start.replacing("of peace", with: "of hope"))
    try programs.must("bogota", "sync")
    try programs.must("durban", "sync", code: 3)
    try programs.must("bogota", "sync", code: 3)
  }

  private static let merged = "The municipal forum brings the partner cities together to speak of violence and of hope."

  @Test("the list names who and since when, the page who, where, when, and the words that differ")
  func shown() throws {
    let list = try programs.must("bogota", "conflicts").output
    #expect(
      list.contains("bogota and durban") && list.contains("Summary") && list.contains("just now")
        || list.contains(" ago"))
    let page = try programs.must("bogota", "conflicts", id).output
    for text in ["by bogota (bogota-", "by durban (durban-", "municipal", "peace", "hope", "--take N", "--merge"] {
      #expect(page.contains(text), "\(text) is not in \(page)")
    }
    let json = try programs.json("durban", "conflicts", "show", id)
    let conflict = try #require(json["conflicts"]?.array?.first)
    #expect(conflict["base"] == ["known": true, "value": .string(Text(Self.start))])
    #expect(conflict["field"] == "summary" && conflict["members"] == ["bogota", "durban"])
    #expect((conflict["ageSeconds"]?.integer ?? -1) >= 0)
  }

  @Test("a terminal of 100 columns has the values side by side, a pipe one below the other")
  func sideBySide() throws {
    let seat = try Seat(programs.process("pioc", ["conflicts", id], city: "bogota"))
    let lines = seat.end().shown.split(separator: "\r\n")
    #expect(lines.contains { $0.contains("1 ") && $0.contains("2 ") && $0.contains("bogota") && $0.contains("durban") })
    #expect(lines.allSatisfy { $0.unicodeScalars.count <= 130 })
  }

  @Test("a merge is proposed, asked about, and settles it for everyone")
  func merge() throws {
    let proposed = try programs.must("durban", "resolve", id, "summary", "--merge", code: 2)
    #expect(proposed.output.contains(Self.merged) && proposed.errors.contains("--yes"))
    #expect(try programs.json("durban", "status")["pending"] == 0)
    let seat = try Seat(programs.process("pioc", ["resolve", id, "--merge"], city: "durban"))
    try seat.answer("[y/N]", "n")
    #expect(seat.end().shown.contains("Nothing was written"))
    #expect(try programs.json("durban", "status")["conflicts"] == 1)
    try programs.must("durban", "resolve", id, "--merge", "--yes")
    try programs.must("durban", "sync")
    let told = try programs.must("bogota", "sync").output
    #expect(told.contains("settled"), "\(told)")
    #expect(try programs.json("bogota", "event", "show", id)["summary"] == .string(Text(Self.merged)))
    #expect(try programs.json("bogota", "conflicts") == [])
  }

  @Test("the walk takes only answers that mean something, and what it did can be synced")
  func walk() throws {
    try programs.must("bogota", "event", "set", id, "--title", "A")
    try programs.must("durban", "event", "rm", id)
    try programs.must("bogota", "sync", code: 3)
    try programs.must("durban", "sync", code: 3)
    let seat = try Seat(programs.process("pioc", ["resolve"], city: "durban"))
    try seat.answer("q stop: ", "9")
    try seat.answer("none of these", "q")
    let shown = seat.end()
    #expect(shown.code == 3 && shown.shown.contains("left"), "\(shown)")
    let second = try Seat(programs.process("pioc", ["resolve"], city: "durban"))
    try second.answer("q stop: ", "2")
    try second.answer("k keep it", "k")
    let ended = second.end()
    #expect(ended.code == 0 && ended.shown.contains("2 conflicts settled, none left"), "\(ended)")
    try programs.must("durban", "sync")
    try programs.must("bogota", "sync")
    #expect(try programs.json("bogota", "conflicts") == [])
  }

  @Test("another text of several lines is written in the editor, and kept where it cannot be taken")
  func walkInEditor() throws {
    func seat(_ script: String) throws -> Seat {
      let path = programs.folder.path("editor")
      try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
      let process = programs.process("pioc", ["resolve", id], city: "bogota")
      process.environment?["VISUAL"] = path
      return try Seat(process)
    }
    func kept() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: programs.folder.path("bogota"))
        .filter { $0.hasPrefix("edit-") }
    }
    let bad = try seat(#"printf 'a\001b' > "$1""#)
    try bad.answer("q stop: ", "v")
    try bad.answer("q stop: ", "q")
    #expect(bad.end().code == 3)
    #expect(try kept().count == 1)
    let good = try seat(#"printf 'first\n\nsecond\n' > "$1""#)
    try good.answer("q stop: ", "v")
    #expect(good.end().code == 0)
    #expect(try programs.json("bogota", "show", id)["summary"] == "first\n\nsecond")
    #expect(try kept().count == 1)
  }

  @Test("words that lead nowhere end with 2 and say what would")
  func wrongWords() throws {
    for words in [
      ["resolve"], ["resolve", id], ["resolve", id, "--take", "3"], ["resolve", id, "title", "--take", "1"],
      ["resolve", id, "--keep"], ["resolve", id, "--take", "1", "--merge"], ["resolve", "ffff", "--take", "1"],
    ] {
      let result = try programs.pioc("bogota", words)
      #expect(result.exitCode == 2 && result.errors.split(separator: "\n").count >= 2, "\(words): \(result.errors)")
    }
    #expect(try programs.json("bogota", "status")["pending"] == 0)
  }

  @Test("a city that got the record whole is told that the merge is not known here")
  func unknownStart() throws {
    try programs.join("amman", hub)
    try programs.must("amman", "sync", code: 3)
    let result = try programs.must("amman", "resolve", id, "--merge", code: 2)
    #expect(result.errors.contains("not known here"))
  }
}
