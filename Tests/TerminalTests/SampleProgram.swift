import Terminal

/// A small program with groups, aliases, inherited options and every kind of argument.
enum SampleProgram {
  static let root = Command(
    "pioc", summary: "Keep the records of your city and share them with partner cities.",
    options: [
      Option("--dir", value: "FOLDER", "The folder of the replica."),
      Option("--json", short: "-j", "Answer in JSON, for programs."),
      Option("--quiet", short: "-q", "Say nothing but errors."),
      Option("--trace", hidden: true, "Write what is done."),
    ],
    subcommands: [event, contact, search, importing])

  static let event = Command(
    "event", aliases: ["events"], summary: "Events of the city.", subcommands: [add, show, list])

  static let add = Command(
    "add", aliases: ["new"], summary: "Add an event.",
    discussion: """
      The event is stored at once and sent to the hub by the next sync. Natural dates
      are understood, and the resolved date is shown.

        2020-02-04..2020-02-06   whole days
      """,
    examples: [
      "pioc event add --title 'Health fair' --when 2020-02-04 --topic health --topic youth"
    ],
    options: [
      Option("--title", short: "-t", value: "TEXT", "What the event is called."),
      Option("--topic", value: "WORD", repeats: true, "A topic of the event."),
      Option("--offset", value: "HOURS", "How far the local time is from UTC."),
      Option("--dry-run", "Only say what would be done."),
    ])

  static let show = Command(
    "show", summary: "Show an event with all its fields.", arguments: [Argument("ID", "The event.")])

  static let list = Command("list", aliases: ["ls"], summary: "List events.")

  static let contact = Command(
    "contact", summary: "People and organisations.",
    subcommands: [Command("list", aliases: ["ls"], summary: "List contacts."), add])

  static let search = Command(
    "search", summary: "Find records by their words.",
    arguments: [Argument("WORD", repeats: true, "A word to look for; all of them must occur.")])

  static let importing = Command(
    "import", summary: "Read a file.",
    arguments: [
      Argument("FILE", "The file, or - for standard input."), Argument("KIND", optional: true, "Its kind."),
    ])
}
