import Foundation
import TestKit
import Testing

@Suite("Bad input at the command line")
struct BadInputTests {
  static let wrong: [[String]] = [
    ["evnt"], ["event"], ["event", "ad"], ["event", "add"], ["event", "add", "--titel", "x"],
    ["event", "add", "--title", "x", "--when", "yesterday-ish"],
    ["event", "add", "--title", "x", "--when", "2027-02-30"],
    ["event", "add", "--title", "x", "--when", "2027-03-03..2027-03-01"], ["event", "show"], ["event", "show", "zzzz"],
    ["event", "set", "0000"], ["event", "list", "--limit", "-1"], ["event", "list", "--limit", "99999999999999999999"],
    ["event", "add", "--title", "a\u{1B}[2Jb", "--when", "2027-01-01"],
    ["event", "add", "--title", "", "--when", "2027-01-01"],
    ["event", "add", "--title", "x", "--when", "2027-01-01", "--visibility", "sealed"],
    ["contact", "add", "--name", "Somebody", "--kind", "individual"], ["import", "/nonexistent.json"],
    ["join"], ["join", "not a url"], ["join", "http://example.org"], ["join", "ftp://127.0.0.1"],
    ["init", "--member", "Bogotá"], ["init", "--member", "x"], ["conflicts", "resolve"], ["rejected", "discard", "7"],
    ["--nonsense"], ["sync", "extra"],
  ]

  @Test("says what is wrong and what to do, ends with 2 or 1, and writes nothing", arguments: wrong)
  func wrongWords(_ words: [String]) throws {
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    let result = try programs.pioc("bogota", words)
    #expect(result.exitCode == 2 || result.exitCode == 1, "\(words) ended with \(result.exitCode): \(result.errors)")
    #expect(result.errors.hasPrefix("pioc: "), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count >= 2, "no advice: \(result.errors)")
    #expect(!result.errors.contains("\u{1B}"))
    let list = try programs.pioc("bogota", ["status", "--json"])
    #expect(list.output.contains("\"pending\": 0"), "\(list.output)")
  }

  @Test(
    "help answers at every level without a replica",
    arguments: [
      [], ["event"], ["event", "add"], ["contact", "set"], ["publication", "list"], ["conflicts", "resolve"],
      ["rejected", "retry"], ["sync"], ["join"], ["demo"], ["verify"], ["import"],
    ])
  func help(_ words: [String]) throws {
    let programs = try Programs()
    let result = try programs.run("pioc", words + ["--help"])
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(result.output.contains("pioc"))
  }

  @Test("an old program refuses a newer file and leaves it as it is")
  func newerFile() throws {
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    let file = programs.folder.path("bogota") + "/replica.db"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    bytes[63] = 99  // user_version, four bytes at 60 (sqlite.org/fileformat2.html §1.3)
    try bytes.write(to: URL(fileURLWithPath: file))
    let result = try programs.pioc("bogota", ["event", "add", "--title", "x", "--when", "2027-01-01"])
    #expect(result.exitCode == 1, "\(result.errors)")
    #expect(result.errors.contains("newer"), "\(result.errors)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == bytes)
  }

  @Test("a file that is no database is refused and left as it is")
  func damagedFile() throws {
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    let file = URL(fileURLWithPath: programs.folder.path("bogota") + "/replica.db")
    let bytes = Data(repeating: 0x61, count: 8_192)
    try bytes.write(to: file)
    let result = try programs.pioc("bogota", ["status"])
    #expect(result.exitCode == 1, "\(result.errors)")
    #expect(try Data(contentsOf: file) == bytes)
  }
}
