import Foundation
import JSON
import TestKit
import Testing

@Suite("Reading records")
struct ReadingTests {
  private let programs: Programs

  init() throws {
    programs = try Programs()
    let sample = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/pioc/Demo/pioc-sample.json").standardized.path
    for words in [
      ["init", "--member", "bogota"], ["import", sample],
      ["event", "add", "--title", "Foro de paz en Bogotá", "--when", "2027-03-01..2027-03-03", "--area", "Paz urbana"],
      ["event", "add", "--title", "منتدى السلام في بيروت", "--when", "2027-04"],
      ["event", "add", "--title", "Taller", "--when", "2027-03-31 20:00..23:00 America/Bogota", "--kind", "workshop"],
      ["event", "add", "--title", "Taller", "--when", "tba"],
      ["contact", "add", "--kind", "org", "--name", "Ciudad de Palmira", "--owner", "palmira"],
    ] {
      let result = try programs.pioc("bogota", words)
      guard result.exitCode == 0 else { throw TestError("\(words): \(result.errors)") }
    }
  }

  @Test("the id that is told of a new record is clear still when the next one is there, also with a blank behind it")
  func newIDs() throws {
    // Without neighbours of the same second, which would lengthen it anyway.
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    var ids: [String] = []
    for number in 1...2 {
      // Two by hand are some seconds apart.
      if number > 1 { usleep(4_200_000) }
      let added = try programs.pioc("bogota", ["event", "add", "--title", "New \(number)", "--when", "2027-05"]).output
      ids.append(String(added.split(separator: " ")[2]))
    }
    for (number, id) in ids.enumerated() {
      let shown = try programs.pioc("bogota", ["show", id + " "])
      #expect(shown.exitCode == 0 && shown.output.contains("New \(number + 1)"), "\(id): \(shown.errors)")
    }
  }

  @Test("a time of day that the clocks skip is taken, and named")
  func skippedHour() throws {
    let words = ["event", "add", "--title", "Noche", "--when"]
    let skipped = try programs.pioc("bogota", words + ["2027-03-28 01:30..04:00 Europe/Lisbon"])
    #expect(skipped.exitCode == 0 && skipped.errors.contains("skip 2027-03-28 01:30"), "\(skipped.errors)")
    let other = try programs.pioc("bogota", words + ["2027-03-28 02:30 Europe/Lisbon"])
    #expect(other.exitCode == 0 && !other.errors.contains("skip"), "\(other.errors)")
  }

  @Test("an area is one in whatever case it is typed")
  func areas() throws {
    let added = try programs.pioc(
      "bogota", ["event", "add", "--title", "Casa", "--when", "2027-06", "--area", "Paz", "--area", "PAZ", "--json"])
    let id = try JSON.parse(Array(added.output.utf8))["id"]?.text?.string ?? ""
    func areas() throws -> JSON? {
      try JSON.parse(Array(programs.pioc("bogota", ["show", id, "--json"]).output.utf8))["areas"]
    }
    #expect(try areas() == ["Paz"])
    _ = try programs.pioc("bogota", ["set", id, "--add", "area=paz", "--add", "area=Clima"])
    #expect(try areas() == ["Clima", "Paz"])
    _ = try programs.pioc("bogota", ["set", id, "--remove", "area=CLIMA"])
    #expect(try areas() == ["Paz"])
  }

  /// The last column of what a list prints, without its heading.
  private func titles(_ words: [String]) throws -> [String] {
    let result = try programs.pioc("bogota", words)
    guard result.exitCode == 0 else { throw TestError(result.errors) }
    return result.output.split(separator: "\n").dropFirst().compactMap {
      $0.split(separator: "\t").last.map(String.init)
    }
  }

  @Test(
    "search folds case, accents and invisible characters",
    arguments: [
      ("bogota", "Foro de paz en Bogotá"), ("BOGOTÁ", "Foro de paz en Bogotá"),
      (
        "smart cities-opportunity",
        "Peace in Our Cities Webinar: Smart Cities—Opportunity or Risk for Peace in our Cities?"
      ),
      ("السلام", "منتدى السلام في بيروت"),
    ])
  func search(_ words: String, _ title: String) throws { #expect(try titles(["search", words]).contains(title)) }

  @Test(
    "a list shows what its filters let through",
    arguments: [
      (["event", "list", "--when", "2027-03"], ["Foro de paz en Bogotá", "Taller"]),
      (["event", "list", "--when", "2027-03-02"], ["Foro de paz en Bogotá"]),
      (["event", "list", "--from", "2027-03-04"], ["Taller", "منتدى السلام في بيروت"]),
      (["event", "list", "--from", "2027-03-03", "--to", "2027-03-31"], ["Foro de paz en Bogotá", "Taller"]),
      (["event", "list", "--area", "PAZ URBANA"], ["Foro de paz en Bogotá"]),
      (["event", "list", "--kind", "workshop"], ["Taller"]),
      (["contact", "list", "--member", "palmira"], ["Ciudad de Palmira"]),
      (["list", "--member", "palmira"], ["Ciudad de Palmira"]),
      (["list", "--when", "2027-04"], ["منتدى السلام في بيروت"]),
      (["list", "--conflict"], []), (["event", "list", "--changed-since", "tomorrow"], []),
    ])
  func filters(_ words: [String], _ expected: [String]) throws { #expect(try titles(words) == expected) }

  @Test("what was changed since is listed, and what was understood is said beside the data")
  func changedSince() throws {
    let result = try programs.pioc("bogota", ["list", "contacts", "--changed-since", "today"])
    #expect(result.output.contains("Ciudad de Palmira"))
    #expect(result.errors.hasPrefix("Changed since: "))
    #expect(
      try programs.pioc("bogota", ["list", "--when", "2027-03"]).errors.contains("Mon 2027-03-01 to Wed 2027-03-31"))
  }

  @Test("piped lists have a heading, whole ids and titles, and tabs")
  func piped() throws {
    let lines = try programs.pioc("bogota", ["event", "list"]).output.split(separator: "\n")
    #expect(lines.first == "ID\tMARKS\tWHEN\tTITLE")
    let first = try #require(lines.dropFirst().first?.split(separator: "\t", omittingEmptySubsequences: false))
    #expect(first.count == 4)
    #expect(first[0].count == 36)
    #expect(!lines.contains { $0.contains("…") || $0.contains("\u{1B}") })
  }

  @Test("a list of all kinds shows when events are, and what contacts and publications are")
  func mixed() throws {
    let output = try programs.pioc("bogota", ["list"]).output
    #expect(output.hasPrefix("ID\tMARKS\tKIND\tWHEN OR WHO\tTITLE\n"), "\(output)")
    #expect(output.contains("\tevent\t2027-03-01..2027-03-03\tForo de paz en Bogotá\n"), "\(output)")
    #expect(try programs.pioc("bogota", ["search", "bogota"]).output.contains("\t2027-03-01..2027-03-03\t"))
  }

  @Test(
    "a record is found by its title, folded, and by the beginning of it",
    arguments: ["Foro de paz en Bogotá", "foro de paz en bogota", "FORO", "foro  de-paz"])
  func byTitle(_ word: String) throws {
    let result = try programs.pioc("bogota", ["show", word, "--json"])
    #expect(try JSON.parse(Array(result.output.utf8))["title"] == "Foro de paz en Bogotá")
  }

  @Test("a title of two records names both and takes neither")
  func ambiguous() throws {
    let result = try programs.pioc("bogota", ["event", "rm", "taller"])
    #expect(result.exitCode == 2)
    #expect(result.errors.contains("2 records"))
    #expect(result.errors.contains("2027-03-31 20:00..23:00 America/Bogota"))
    #expect(try titles(["event", "list", "--deleted"]).isEmpty)
  }

  @Test("an exact title goes before one that only begins so, and a deleted record is restored by its title")
  func nearest() throws {
    _ = try programs.pioc("bogota", ["event", "add", "--title", "Foro", "--when", "2028"])
    let result = try programs.pioc("bogota", ["show", "foro", "--json"])
    #expect(try JSON.parse(Array(result.output.utf8))["title"] == "Foro")
    #expect(try programs.pioc("bogota", ["rm", "foro"]).exitCode == 0)
    #expect(try programs.pioc("bogota", ["restore", "foro"]).output.hasPrefix("Restored event"))
    #expect(try titles(["event", "list", "--when", "2028"]) == ["Foro"])
  }

  @Test("the past is asked for in the words for days")
  func past() throws {
    let today = try programs.must("bogota", "show", "Foro de paz en Bogotá", "--at", "today")
    #expect(today.output.hasPrefix("Foro de paz en Bogotá\n") && today.errors.contains("23:59"), "\(today.errors)")
    let before = try programs.pioc("bogota", ["show", "Foro de paz en Bogotá", "--at", "yesterday"])
    #expect(before.exitCode == 1 && before.errors.contains("was not there yet"), "\(before.errors)")
    let turned = try programs.must("bogota", "show", "Foro de paz en Bogotá", "--at", "31/12/2026", code: 2)
    #expect(turned.errors.contains("2026-12-31"))
  }

  @Test("a time is stored as it was said, with no zone and no midnight of its own")
  func times() throws {
    for (typed, value) in [
      ("2028-03-01..2028-03-03", #"{"end":"2028-03-03","start":"2028-03-01"}"#),
      ("march 2028", #"{"month":"2028-03"}"#),
      ("2028", #"{"year":"2028"}"#), ("5 March 2028", #"{"start":"2028-03-05"}"#),
      ("2028-03-01 10:00 Asia/Beirut", #"{"start":"2028-03-01T10:00","zone":"Asia/Beirut"}"#),
    ] {
      let result = try programs.pioc("bogota", ["event", "add", "--title", "x", "--when", typed, "--json"])
      let when = try #require(try JSON.parse(Array(result.output.utf8))["when"])
      #expect(String(decoding: when.canonical(), as: UTF8.self) == value)
      #expect(result.errors.hasPrefix("When: "), "\(result.errors)")
    }
    #expect(try programs.pioc("bogota", ["event", "add", "--title", "x", "--when", "2028-03-01 10:00"]).exitCode == 2)
  }
}
