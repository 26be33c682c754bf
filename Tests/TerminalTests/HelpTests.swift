import Terminal
import Testing

@Suite("Help")
struct HelpTests {
  private func help(_ path: [String], _ width: Int) -> String {
    SampleProgram.root.help(path: path, width: width, program: "pioc")
  }

  @Test("the help of a verb at 80 columns")
  func verbWide() {
    #expect(
      help(["event", "add"], 80) == """
        Usage: pioc event add [options]

        Add an event.

        The event is stored at once and sent to the hub by the next sync. Natural dates
        are understood, and the resolved date is shown.

          2020-02-04..2020-02-06   whole days

        Options:
          -t, --title TEXT    What the event is called.
              --topic WORD    A topic of the event. May be repeated.
              --offset HOURS  How far the local time is from UTC.
              --dry-run       Only say what would be done.

        Global options:
              --dir FOLDER  The folder of the replica.
          -j, --json        Answer in JSON, for programs.
          -q, --quiet       Say nothing but errors.
          -h, --help        Show this help.

        Examples:
          pioc event add --title 'Health fair' --when 2020-02-04 --topic health --topic youth

        """)
  }

  @Test("the help of a verb at 40 columns")
  func verbNarrow() {
    #expect(
      help(["event", "add"], 40) == """
        Usage: pioc event add [options]

        Add an event.

        The event is stored at once and sent to
        the hub by the next sync. Natural dates
        are understood, and the resolved date is
        shown.

          2020-02-04..2020-02-06   whole days

        Options:
          -t, --title TEXT  What the event is
                            called.
              --topic WORD  A topic of the
                            event. May be
                            repeated.
              --offset HOURS
                            How far the local
                            time is from UTC.
              --dry-run     Only say what would
                            be done.

        Global options:
              --dir FOLDER  The folder of the
                            replica.
          -j, --json        Answer in JSON, for
                            programs.
          -q, --quiet       Say nothing but
                            errors.
          -h, --help        Show this help.

        Examples:
          pioc event add --title 'Health fair' --when 2020-02-04 --topic health --topic youth

        """)
  }

  @Test("the help of the program, and of a verb with arguments")
  func programAndArguments() {
    #expect(
      help([], 80) == """
        Usage: pioc [options] COMMAND

        Keep the records of your city and share them with partner cities.

        Options:
              --dir FOLDER  The folder of the replica.
          -j, --json        Answer in JSON, for programs.
          -q, --quiet       Say nothing but errors.
          -h, --help        Show this help.

        Commands:
          event, events  Events of the city.
          contact        People and organisations.
          search         Find records by their words.
          import         Read a file.

        """)
    #expect(
      help(["import"], 80).hasPrefix(
        """
        Usage: pioc import FILE [KIND]

        Read a file.

        Arguments:
          FILE    The file, or - for standard input.
          [KIND]  Its kind.

        Global options:
        """))
  }

  @Test("aliases lead to the same help, and names that do not exist end the path")
  func paths() {
    #expect(help(["events", "new"], 80) == help(["event", "add"], 80))
    #expect(help(["event", "nonsense", "add"], 80) == help(["event"], 80))
    #expect(help(["nonsense"], 80) == help([], 80))
  }

  @Test("nothing but examples and long words exceeds the width")
  func widths() {
    for width in 40...120 {
      for path in [[], ["event"], ["event", "add"], ["search"], ["import"]] {
        let prose = help(path, width).split(separator: "\n").filter { !$0.contains("pioc event add --title") }
        for line in prose where DisplayWidth.of(String(line)) > width { Issue.record("\(width): \(line)") }
      }
    }
    for width in [Int.min, 0, 1, .max] { #expect(help(["event", "add"], width).contains("--title")) }
  }

  @Test("headings are bold where colour is wanted, and hidden options never show")
  func style() {
    let coloured = SampleProgram.root.help(
      path: [], width: 80, program: "pioc", style: Style(isTerminal: true, colour: true))
    #expect(coloured.hasPrefix("\u{1B}[1mUsage:\u{1B}[22m pioc"))
    #expect(!coloured.contains("--trace"))
  }
}
