import JSON
import TestKit
import Testing

@Suite("The wrong words lead to the right command")
struct WrongWordsTests {
  static let wrong: [(words: [String], right: String)] = [
    (["add", "event"], "'pioc event add'"), (["add", "event", "--title", "x"], "'pioc event add'"),
    (["new", "contact"], "'pioc contact add'"), (["create", "publication"], "'pioc publication add'"),
    (["events"], "'pioc event list'"), (["contacts"], "'pioc contact list'"),
    (["publications", "list"], "'pioc publication list'"), (["list", "evnts"], "'pioc list events'"),
    (["evnet", "list"], "'pioc event list'"), (["evnt"], "'event'"), (["staus"], "'status'"),
    (["sync", "now"], "'pioc sync' takes no arguments"), (["push"], "'pioc sync'"), (["pull"], "'pioc sync'"),
    (["find", "peace"], "'pioc search peace'"), (["remove", "3f2a"], "'pioc rm 3f2a'"),
    (["show", "event", "3f2a"], "'pioc event show 3f2a'"), (["event", "3f2a", "show"], "'pioc event show 3f2a'"),
    (["event", "delte", "3f2a"], "rm 3f2a'"), (["event", "remove", "3f2a"], "'pioc event rm 3f2a'"),
    (["history", "event", "3f2a"], "'pioc event history 3f2a'"), (["conflict"], "'pioc conflicts'"),
    (["3f2a"], "'pioc show 3f2a'"),
    (["bogota"], "'pioc search bogota'"), (["show", "peace", "forum", "2027"], "in quotes"),
    (["event", "add", "help"], "'pioc event add --help'"), (["event", "add", "--date", "2027-03-01"], "'--when'"),
    (["contact", "add", "--title", "x"], "'--name'"), (["event", "--title", "x"], "'pioc event add'"),
    (["event", "list", "--since", "today"], "'--changed-since'"), (["event", "list", "--limt", "3"], "'--limit'"),
    (["event", "add", "—title", "x"], "'--title'"), (["--vesion"], "'--version'"),
    (["event", "add", "--title", "x", "--when", "3/4/2027"], "2027-04-03"),
    (["event", "add", "--title", "x", "--when", "2027-03-04 10:00 America/Bogta"], "'America/Bogota'"),
    (["event", "add", "--title", "x", "--when", "2027-03-04 10:00 Bogota"], "'America/Bogota'"),
    (["event", "add", "--title", "x", "--when", "2027-03-04 10:00 america/bogotá"], "'America/Bogota'"),
    (["event", "add", "--title", "x", "--when", "2027-03-04 10:00 Addis Ababa"], "'Africa/Addis_Ababa'"),
    (["event", "add", "--title", "x", "--when", "2027-03-04 10:00 EST"], "no time zone 'EST'"),
    (["event", "list", "--from", "31/03/2027"], "2027-03-31"),
    (["event", "add", "--title", "“Foro", "de", "paz”", "--when", "2027"], "--title \"Foro de paz\"."),
    (["set", "x", "--add", "area", "Paz", "urbana"], "--add \"area=Paz urbana\"."),
    (["show", "-Foro"], "write '--' and a blank before it"), (["hlep"], "'help'"), (["version"], "'pioc --version'"),
    (["-v"], "'--version'"), (["event list"], "without quotes: pioc event list."),
    (["event", "import", "a.csv"], "'pioc import a.csv'"), (["contact", "sync"], "'pioc sync'"),
    (["event", "search", "forum", "of", "peace"], "'pioc search forum'"),
    (["list", "--dir", ""], "--dir names no folder"),
    (["event", "list", "--when", "sometime"], "\"next month\""), (["event", "show", "forum of pece"], "pioc search"),
  ]

  @Test("a hint names it", arguments: wrong)
  func hint(_ words: [String], _ right: String) throws {
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    let result = try programs.pioc("bogota", words)
    #expect(result.exitCode == 2, "\(result.errors)")
    #expect(result.errors.contains(right), "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(!result.errors.contains("__"), "\(result.errors)")
  }

  @Test("what is suggested for a time without its zone works as pasted, or is not suggested")
  func zones() throws {
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    func add(_ when: String) throws -> Programs.Result {
      try programs.run(
        "pioc", ["event", "add", "--title", "x", "--when", when], city: "bogota", variables: ["TZ": "America/Bogota"])
    }
    for when in ["2027-03-01 10:00", "2027-03-01 10:00 Bogota", "2027-03-01T10:30Z", "2027-03-01 25:00"] {
      let result = try add(when)
      #expect(result.exitCode == 2)
      if let found = result.errors.firstMatch(of: /--when "([^"]+)"/) {
        #expect(try add(String(found.1)).exitCode == 0, "\(result.errors)")
      }
    }
    #expect(try add("2027-03-01 10:00").errors.contains("--when \"2027-03-01 10:00 America/Bogota\""))
  }

  @Test("--add never overwrites")
  func adding() throws {
    let programs = try Programs()
    try #require(try programs.pioc("bogota", ["init", "--member", "bogota"]).exitCode == 0)
    let id = try programs.addEvent("bogota", "--title", "Foro")
    let told = try programs.must("bogota", "set", id, "--add", "title=Otro", code: 2).errors
    #expect(told.contains("--title \"Otro\""), "\(told)")
    #expect(try programs.json("bogota", "show", id)["title"] == "Foro")
    try programs.must("bogota", "set", id, "--add", "area=Paz")
  }

  @Test("a missing verb is answered with verbs that help lists")
  func verbs() throws {
    let programs = try Programs()
    let told = try programs.pioc("bogota", ["--json"]).errors
    #expect(told.contains("needs a command") && !told.contains("__complete"), "\(told)")
  }
}
