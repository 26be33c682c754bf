import JSON
import Records
import Replica
import Terminal

/// `pioc list`, `pioc event list`, and the like.
enum ListCommand {
  static func command(_ scope: RecordScope) -> Command {
    Command(
      "list", aliases: ["ls"], synonyms: ["all", "dir"], summary: "List \(scope.plural), \(order(scope)).",
      discussion: """
        A '!' marks a conflict, a '*' changes that were not sent yet. Days are typed as 2027-03-01, 2027-03, \
        today, "next month", "last 30 days" or friday, and said again as they were understood. Where the output \
        is no terminal, columns are parted by tabs and nothing is cut.
        """,
      examples: examples(scope),
      options: [
        Option("--limit", value: "N", "How many to show (usually 50)."), Option("--all", "Show all of them."),
        Option("--deleted", "Show deleted ones instead, which 'restore' can bring back."),
      ] + ListFilters.options(scope),
      arguments: scope.kind == nil ? [Argument("KIND", optional: true, "Only events, contacts or publications.")] : [])
  }

  static func run(_ scope: RecordScope, _ context: Context) throws -> Int32 {
    let scope = try narrowed(scope, context)
    let limit = context.invocation.flag("--all") ? Int64.max - 1 : try context.count("--limit", usual: 50)
    let filter = try ListFilters(scope: scope, context: context).filter()
    let replica = try context.open()
    // One more than is shown tells whether there are more.
    let found = try replica.list(filter, limit: limit + 1)
    let lines = Array(found.prefix(Int(clamping: limit)))
    try Listing(replica, context).show(lines, subtitle: scope.kind.map(subtitle))
    if lines.isEmpty, !context.wantsJSON { try explainNone(filter, scope, replica, context) }
    if found.count > lines.count {
      let hasFilter = context.invocation.occurrences.contains { ListFilters.names.contains($0.option) }
      let more = hasFilter ? "There are" : "\(try replica.count(filter) - Int64(lines.count))"
      context.output.note("\(more) more; --all shows all, --limit N the first N.")
    }
    return ExitCode.done
  }

  /// At the top level the kind may follow: `pioc list events`.
  private static func narrowed(_ scope: RecordScope, _ context: Context) throws -> RecordScope {
    guard let word = context.invocation.arguments.first else { return scope }
    if let kind = KindWord.find(word) { return RecordScope(kind: kind) }
    throw Failure.usage(
      "'\(DisplayWidth.clip(TerminalSafe.line(word), to: 48))' is no kind of records.",
      NearWord.find(word, among: Kinds.all.map(\.plural)).map { "Did you mean 'pioc list \($0)'?" }
        ?? "Write events, contacts or publications; 'pioc search WORDS' looks for words.")
  }

  private static func explainNone(
    _ filter: RecordFilter, _ scope: RecordScope, _ replica: LocalReplica, _ context: Context
  ) throws {
    if context.invocation.occurrences.contains(where: { ListFilters.names.contains($0.option) }) {
      return context.output.note("None of the \(try replica.count(kind: scope.kind?.name)) \(scope.plural) is so.")
    }
    context.output.note(
      filter.isDeleted
        ? "No \(scope.noun) is deleted."
        : "There are no \(scope.plural) yet; 'pioc \(scope.kind?.name ?? "event") add' adds one.")
  }

  private static func order(_ scope: RecordScope) -> String {
    switch scope.kind?.name {
    case nil: "by kind, then by date or name"
    case "contact": "by name"
    default: "by date"
    }
  }

  private static func examples(_ scope: RecordScope) -> [String] {
    switch scope.kind?.name {
    case nil: ["pioc list", "pioc list contacts", "pioc list --changed-since \"last 7 days\"", "pioc list --conflict"]
    case "event":
      [
        "pioc event list", "pioc event list --when \"next month\" --area \"Urban peace\"",
        "pioc event list --from today --kind webinar", "pioc event list --all --json",
      ]
    case "contact":
      ["pioc contact list", "pioc contact list --kind org --member bogota", "pioc contact list --deleted"]
    default:
      ["pioc publication list", "pioc publication list --when 2020 --type report", "pioc publication list --json"]
    }
  }

  /// What stands beside the title.
  private static func subtitle(_ kind: Kind) -> String {
    switch kind.name {
    case "event": "WHEN"
    case "contact": "FUNCTION"
    default: "BY"
    }
  }
}
