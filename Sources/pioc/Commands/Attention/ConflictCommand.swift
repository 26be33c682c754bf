import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc conflicts`: what two cities changed without seeing each other, and how it is settled.
enum ConflictCommand {
  static let command = Command(
    "conflicts", summary: "List conflicts; with an ID, show both values, who wrote them and when.",
    discussion: """
      A conflict blocks nothing: one of the values is shown, and the others are kept until somebody \
      settles it. What one city settles is settled for everyone.
      """,
    examples: ["pioc conflicts", "pioc conflicts show 3f2a", "pioc resolve 3f2a --take 2"],
    arguments: [Argument("ID", optional: true, "A record in conflict.")],
    subcommands: [
      Command(
        "list", aliases: ["ls"], summary: "List the records in conflict.", examples: ["pioc conflicts list"]),
      Command(
        "show", summary: "Show the conflicts of a record.", examples: ["pioc conflicts show 3f2a"],
        arguments: [Argument("ID", "A record in conflict.")]),
      ResolveCommand.command,
    ])

  static func run(_ context: Context) throws -> Int32 {
    if context.invocation.path.last == "resolve" {
      return try ResolveCommand.run(context.invocation.arguments.first, try context.openToWrite(), context)
    }
    let replica = try context.open()
    if let id = context.invocation.arguments.first {
      try show(id, replica, context)
    } else {
      try list(replica, context)
    }
    return ExitCode.done
  }

  private static func list(_ replica: LocalReplica, _ context: Context) throws {
    let records = try replica.inConflict().compactMap { try replica.record($0.id) }
    if context.wantsJSON {
      return context.output.write(
        .array(try records.map { try ConflictWords.json($0, replica, now: context.now()) }))
    }
    if records.isEmpty { return context.output.note("No conflicts.") }
    context.output.write(try table(records, replica, context))
    context.output.note(
      "'pioc conflicts ID' shows the values; 'pioc resolve' goes through all and asks.")
  }

  /// One row for each conflict, those first that have waited longest.
  private static func table(_ records: [StoredRecord], _ replica: LocalReplica, _ context: Context) throws -> Table {
    let titles = Titles(replica)
    var table = Table(columns: [
      .init("ID", minimum: 12), .init("TITLE", weight: 3), .init("WHERE", weight: 2), .init("BETWEEN", weight: 1),
      .init("SINCE"),
    ])
    let rows = records.flatMap { record in record.state.conflicts().map { (record, $0) } }
    for (record, conflict) in rows.sorted(by: { ConflictWords.since($0.1) < ConflictWords.since($1.1) }) {
      table.add([
        try titles.short(record.state.record), RecordSummary.title(of: record.state),
        ConflictWords.place(conflict, Kinds.named(record.state.kind)),
        Phrase.list(ConflictWords.members(conflict)),
        RelativeTime.describe(millisecondsAgo: context.now() - ConflictWords.since(conflict)),
      ])
    }
    return table
  }

  private static func show(_ prefix: String, _ replica: LocalReplica, _ context: Context) throws {
    let record = try Lookup(replica: replica).record(prefix)
    if context.wantsJSON {
      return context.output.write(try ConflictWords.json(record, replica, now: context.now()))
    }
    let titles = Titles(replica)
    guard !record.state.conflicts().isEmpty else {
      return context.output.note("No conflicts in \(try titles.name(record.state.record)).")
    }
    let kind = Kinds.named(record.state.kind)
    context.output.write(heading(record.state, kind, context.output.style) + "\n")
    context.output.write(
      prose: try ConflictPage(record.state, kind, titles, context.output, now: context.now()).text())
  }

  /// The lines that say which record it is about.
  static func heading(_ state: RecordState, _ kind: Kind?, _ style: Style) -> String {
    let title = style.bold(TerminalSafe.line(RecordSummary.title(of: state)))
    return "\(title)\n\(style.dim("\(kind?.label ?? state.kind.string) \(state.record)"))\n"
  }
}
