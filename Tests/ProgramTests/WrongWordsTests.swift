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
  }
}
