import Terminal
import Testing

@Suite("Command lines that are wrong")
struct ParseFaultTests {
  /// A command line, what the message has to name, and what the hint has to advise.
  struct Case: Sendable, CustomTestStringConvertible {
    let words: [String], message: String, hint: String, path: [String]
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: [String], _ message: String, _ hint: String, _ path: [String]) {
      (self.words, self.message, self.hint, self.path) = (words, message, hint, path)
    }
  }

  static let verbs = [
    Case(["evnt"], "'evnt' is not a command of 'pioc'.", "Did you mean 'event'? Try 'pioc --help'.", []),
    Case(["evetn", "add"], "'evetn'", "Did you mean 'pioc event add'?", []),
    Case(["Event", "add"], "'Event'", "Did you mean 'pioc event add'?", []),
    Case(["cont"], "'cont'", "Did you mean 'contact'?", []),
    Case(["xyzzy"], "'xyzzy'", "Try 'pioc --help'.", []),
    Case(["x"], "'x'", "Try 'pioc --help'.", []),
    Case([""], "''", "Try 'pioc --help'.", []),
    Case(["evnt", "--help"], "'evnt'", "Did you mean 'event'?", []),
    Case(["event", "lst"], "'lst' is not a command of 'pioc event'.", "Did you mean 'pioc event list'?", ["event"]),
    Case(["show", "7"], "'show' is not a command of 'pioc'.", "Did you mean 'pioc event show 7'?", []),
    Case(["add"], "'add'", "Did you mean 'pioc event add' or 'pioc contact add'?", []),
    Case(["add", "contact"], "'add'", "Did you mean 'pioc contact add'?", []),
    Case(
      ["event"], "'pioc event' needs a command.", "Choose add, show or list. Try 'pioc event --help'.",
      ["event"]),
    Case(["--json"], "'pioc' needs a command.", "Choose event, contact, search or import.", []),
  ]

  static let options = [
    Case(
      ["event", "add", "--titel", "x"], "'pioc event add' has no option '--titel'.",
      "Did you mean '--title'? Try 'pioc event add --help'.", ["event", "add"]),
    Case(["event", "add", "--ti=x"], "'--ti'", "Did you mean '--title'?", ["event", "add"]),
    Case(["event", "add", "--TITLE=x"], "'--TITLE'", "Did you mean '--title'?", ["event", "add"]),
    Case(["event", "add", "--jsno"], "'--jsno'", "Did you mean '--json'?", ["event", "add"]),
    Case(["event", "add", "--hlep"], "'--hlep'", "Did you mean '--help'?", ["event", "add"]),
    Case(["event", "list", "--trac"], "'--trac'", "Try 'pioc event list --help'.", ["event", "list"]),
    Case(["event", "list", "-x"], "no option '-x'", "Try 'pioc event list --help'.", ["event", "list"]),
    Case(["event", "list", "-jx"], "no option '-x'", "Try 'pioc event list --help'.", ["event", "list"]),
    Case(["event", "list", "-quiet"], "no option '-quiet'", "Did you mean '--quiet'?", ["event", "list"]),
    Case(
      ["event", "list", "--title=x"], "no option '--title'", "Try 'pioc event list --help'.",
      ["event", "list"]),
    Case(
      ["--title", "x", "event", "add"], "'pioc' has no option '--title'.",
      "It belongs to 'pioc event add': write it after the verb.", []),
    Case(["event", "list", "--=x"], "no option '--'", "Try", ["event", "list"]),
    Case(["event", "list", "—json"], "'—json'", "Did you mean '--json'?", ["event", "list"]),
    Case(["event", "list", "–-json"], "'–-json'", "Did you mean '--json'?", ["event", "list"]),
    Case(["search", "a", "—json"], "'—json'", "Did you mean '--json'?", ["search"]),
    Case(["—json", "event"], "'—json'", "Did you mean '--json'?", []),
  ]

  static let values = [
    Case(
      ["event", "add", "--title"], "'--title' needs a value.",
      "Write '--title TEXT', or '--title=TEXT' if the value begins with '-'.", ["event", "add"]),
    Case(
      ["event", "add", "--title", "--json"], "'--title' needs a value.", "'--title=TEXT'", ["event", "add"]),
    Case(["event", "add", "--title", "-x"], "'--title' needs a value.", "'--title=TEXT'", ["event", "add"]),
    Case(["event", "add", "--title", "--"], "'--title' needs a value.", "'--title=TEXT'", ["event", "add"]),
    Case(["event", "add", "--offset", "-5h"], "'--offset' needs", "'--offset=HOURS'", ["event", "add"]),
    Case(["event", "add", "--offset", "-1.2.3"], "'--offset' needs", "'--offset=HOURS'", ["event", "add"]),
    Case(["event", "add", "-t"], "'--title' needs a value.", "'--title TEXT'", ["event", "add"]),
    Case(
      ["event", "list", "--json=1"], "'--json' takes no value.", "Write '--json' alone.", ["event", "list"]),
    Case(["event", "list", "-j=1"], "'--json' takes no value.", "Write '--json' alone.", ["event", "list"]),
    Case(
      ["event", "add", "--title=a", "-t", "b"], "'--title' may be given only once.", "Leave out all but one.",
      ["event", "add"]),
  ]

  static let arguments = [
    Case(
      ["event", "show"], "'pioc event show' needs ID.",
      "Usage: pioc event show ID. Try 'pioc event show --help'.", ["event", "show"]),
    Case(["search"], "'pioc search' needs WORD.", "Usage: pioc search WORD...", ["search"]),
    Case(["import", "--json"], "'pioc import' needs FILE.", "Usage: pioc import FILE [KIND].", ["import"]),
    Case(
      ["event", "list", "x"], "Unexpected argument 'x'.", "'pioc event list' takes no arguments.",
      ["event", "list"]),
    Case(
      ["event", "show", "1", "2"], "argument '2'", "'pioc event show' takes only ID.", ["event", "show"]),
    Case(["import", "a", "b", "c"], "argument 'c'", "takes only FILE [KIND].", ["import"]),
    Case(
      ["event", "add", "--title", "Health", "fair"], "Unexpected argument 'fair'.",
      "Quote a value that has blanks: --title \"Health fair\".", ["event", "add"]),
    Case(["event", "add", "--title=Health", "fair"], "'fair'", "takes no arguments.", ["event", "add"]),
  ]

  @Test("a fault is named and the hint leads on", arguments: verbs + options + values + arguments)
  func faults(_ example: Case) throws {
    let error = try #require(throws: UsageError.self) { try SampleProgram.root.parse(example.words) }
    #expect(error.message.contains(example.message))
    #expect(error.hint.contains(example.hint))
    #expect(error.path == example.path)
    #expect(error.hint.hasSuffix("Try '" + (["pioc"] + error.path).joined(separator: " ") + " --help'."))
    #expect(error.message.hasSuffix("."))
  }

  @Test("no far-fetched word is suggested", arguments: ["xyzzy", "x", "", "ab", "zz", "qqqqqqqq"])
  func noSuggestion(_ word: String) throws {
    let error = try #require(throws: UsageError.self) { try SampleProgram.root.parse([word]) }
    #expect(error.hint == "Try 'pioc --help'.")
  }

  @Test("the first of several faults is reported")
  func firstFault() throws {
    let words = ["event", "list", "--bogus", "x", "--json=1"]
    let error = try #require(throws: UsageError.self) { try SampleProgram.root.parse(words) }
    #expect(error.message.contains("--bogus"))
    let verb = try #require(throws: UsageError.self) {
      try SampleProgram.root.parse(["--bogus", "nonsense"])
    }
    #expect(verb.message.contains("--bogus"))
  }

  @Test("hostile and endless words are quoted harmlessly")
  func hostile() throws {
    let words = ["\u{1B}[2J\n\u{202E}", "--\u{1B}[2J", "-\u{1B}", String(repeating: "x", count: 100_000)]
    for word in words {
      let error = try #require(throws: UsageError.self) { try SampleProgram.root.parse([word]) }
      #expect(TerminalSafe.line(error.message) == error.message)
      #expect(error.message.count < 120)
    }
  }
}
