import Terminal
import Testing

@Suite("Command lines that are right")
struct ParseTests {
  /// A command line and what it means: path, arguments, and options as "--name=value".
  struct Case: Sendable, CustomTestStringConvertible {
    let words: [String], path: [String], arguments: [String], options: [String]
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: [String], _ path: [String], _ arguments: [String] = [], _ options: [String] = []) {
      (self.words, self.path, self.arguments, self.options) = (words, path, arguments, options)
    }
  }

  static let cases = [
    Case(["event", "list"], ["event", "list"]),
    Case(["events", "ls"], ["event", "list"]),
    Case(["event", "new"], ["event", "add"]),
    Case(["event", "show", "7"], ["event", "show"], ["7"]),
    Case(["search", "clean", "water"], ["search"], ["clean", "water"]),
    Case(["search", "event"], ["search"], ["event"]),
    Case(["search", "help"], ["search"], ["help"]),
    Case(["import", "-"], ["import"], ["-"]),
    Case(["import", "a", "ics"], ["import"], ["a", "ics"]),
    Case(["import", ""], ["import"], [""]),
    Case(["event", "add", "--title", "Fair"], ["event", "add"], [], ["--title=Fair"]),
    Case(["event", "add", "--title=Fair"], ["event", "add"], [], ["--title=Fair"]),
    Case(["event", "add", "--title="], ["event", "add"], [], ["--title="]),
    Case(["event", "add", "--title", ""], ["event", "add"], [], ["--title="]),
    Case(["event", "add", "--title=a=b"], ["event", "add"], [], ["--title=a=b"]),
    Case(["event", "add", "--title=--help"], ["event", "add"], [], ["--title=--help"]),
    Case(["event", "add", "--title", "list"], ["event", "add"], [], ["--title=list"]),
    Case(["event", "add", "--title", "-"], ["event", "add"], [], ["--title=-"]),
    Case(["event", "add", "--offset", "-5"], ["event", "add"], [], ["--offset=-5"]),
    Case(["event", "add", "--offset", "-5.5"], ["event", "add"], [], ["--offset=-5.5"]),
    Case(["event", "add", "-t", "Fair"], ["event", "add"], [], ["--title=Fair"]),
    Case(["event", "add", "-tFair"], ["event", "add"], [], ["--title=Fair"]),
    Case(["event", "add", "-t=Fair"], ["event", "add"], [], ["--title=Fair"]),
    Case(["event", "add", "-jqt", "Fair"], ["event", "add"], [], ["--json", "--quiet", "--title=Fair"]),
    Case(
      ["event", "add", "--topic", "b", "--topic", "a"], ["event", "add"], [], ["--topic=b", "--topic=a"]),
    Case(["--json", "event", "list"], ["event", "list"], [], ["--json"]),
    Case(["event", "--json", "list"], ["event", "list"], [], ["--json"]),
    Case(["event", "list", "--json"], ["event", "list"], [], ["--json"]),
    Case(["-j", "event", "list", "-j"], ["event", "list"], [], ["--json", "--json"]),
    Case(["--dir", "x", "event", "list"], ["event", "list"], [], ["--dir=x"]),
    Case(["--dir", "x", "event", "list", "--dir=y"], ["event", "list"], [], ["--dir=x", "--dir=y"]),
    Case(["event", "list", "--trace"], ["event", "list"], [], ["--trace"]),
    Case(["search", "--", "--json", "-j", "--"], ["search"], ["--json", "-j", "--"]),
    Case(["search", "a", "--json", "--", "-b"], ["search"], ["a", "-b"], ["--json"]),
    Case(["search", "-5", "-.5"], ["search"], ["-5", "-.5"]),
    Case(["search", "--", "—json"], ["search"], ["—json"]),
    Case(["search", "会议室", "مواعيد"], ["search"], ["会议室", "مواعيد"]),
    Case(["--", "event", "list"], ["event", "list"]),
  ]

  @Test("a command line is understood", arguments: cases)
  func understood(_ example: Case) throws {
    let invocation = try SampleProgram.root.parse(example.words)
    #expect(invocation.path == example.path)
    #expect(invocation.arguments == example.arguments)
    let options = invocation.occurrences.map { $0.option + ($0.value.map { "=" + $0 } ?? "") }
    #expect(options == example.options)
    #expect(!invocation.wantsHelp)
  }

  @Test(
    "help is asked for, whatever else is missing or wrong",
    arguments: [
      ([], []), (["--help"], []), (["-h"], []), (["help"], []), (["help", "event"], ["event"]),
      (["help", "events", "new"], ["event", "add"]), (["event", "help", "show"], ["event", "show"]),
      (["event", "--help"], ["event"]), (["--help", "event", "show"], ["event", "show"]),
      (["event", "show", "-h"], ["event", "show"]),
      (["event", "add", "--title", "--help"], ["event", "add"]),
      (["event", "add", "--bogus", "--help"], ["event", "add"]),
      (["event", "add", "-jh"], ["event", "add"]),
      (["event", "show", "1", "2", "--help"], ["event", "show"]), (["search", "a", "--help"], ["search"]),
    ] as [([String], [String])])
  func wantsHelp(_ words: [String], _ path: [String]) throws {
    let invocation = try SampleProgram.root.parse(words)
    #expect(invocation.wantsHelp)
    #expect(invocation.path == path)
  }

  @Test("after -- and as an attached value, --help is only a word")
  func helpAsWord() throws {
    #expect(try !SampleProgram.root.parse(["search", "--", "--help"]).wantsHelp)
    #expect(try !SampleProgram.root.parse(["event", "add", "--title=-h"]).wantsHelp)
  }

  @Test("the last value counts, and all are kept in the order typed")
  func values() throws {
    let words = ["event", "add", "--topic=b", "--json", "--topic", "a", "--title", "x"]
    let invocation = try SampleProgram.root.parse(words)
    #expect(invocation.value("--topic") == "a")
    #expect(invocation.values("--topic") == ["b", "a"])
    #expect(invocation.flag("--json"))
    #expect(!invocation.flag("--quiet"))
    #expect(invocation.value("--json") == nil)
    #expect(invocation.value("--offset") == nil)
    #expect(invocation.values("--offset") == [])
  }

  @Test("a group with arguments of its own runs without a verb")
  func groupWithArguments() throws {
    let group = Command(
      "status", summary: "", arguments: [Argument("PLACE", optional: true, "")],
      subcommands: [Command("all", summary: "")])
    #expect(try group.parse([]).path == [])
    #expect(try !group.parse([]).wantsHelp)
    #expect(try group.parse(["all"]).path == ["all"])
    #expect(try group.parse(["north"]).arguments == ["north"])
  }

  @Test("a command without subcommands needs no verb")
  func leaf() throws {
    let leaf = Command("bench", summary: "", options: [Option("--rounds", short: "n", value: "N", "")])
    #expect(try leaf.parse(["-n", "3"]).value("--rounds") == "3")
    #expect(try !leaf.parse([]).wantsHelp)
  }
}
