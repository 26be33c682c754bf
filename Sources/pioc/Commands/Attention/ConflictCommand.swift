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
    examples: ["pioc conflicts", "pioc conflicts show 3f2a", "pioc conflicts resolve 3f2a --take 2"],
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
    let replica = try context.open()
    switch (context.invocation.path.last, context.invocation.arguments.first) {
    case ("resolve", let id?): return try ResolveCommand.run(id, replica, context)
    case (_, let id?): try show(id, replica, context)
    default: try list(replica, context)
    }
    return ExitCode.done
  }

  private static func list(_ replica: LocalReplica, _ context: Context) throws {
    let records = try replica.inConflict().compactMap { try replica.record($0.id) }
    if context.wantsJSON { return context.output.write(.array(records.map { json($0.state) })) }
    if records.isEmpty { return context.output.note("No conflicts.") }
    let titles = Titles(replica)
    var table = Table(columns: [
      .init("ID"), .init("TITLE", weight: 3), .init("WHERE", weight: 2), .init("WHO", weight: 1),
      .init("WHEN"),
    ])
    for record in records {
      let kind = Kinds.named(record.state.kind)
      for conflict in record.state.conflicts() {
        table.add([
          try titles.short(record.state.record), RecordSummary.of(record.state).title,
          ConflictPage.place(conflict, kind), Phrase.list(ConflictPage.members(conflict)),
          RelativeTime.describe(millisecondsAgo: context.now() - ConflictPage.newest(conflict)),
        ])
      }
    }
    context.output.write(table)
    context.output.note("'pioc conflicts show ID' shows the values and how to settle it.")
  }

  private static func show(_ prefix: String, _ replica: LocalReplica, _ context: Context) throws {
    let record = try Lookup(replica: replica).record(prefix)
    if context.wantsJSON { return context.output.write(json(record.state)) }
    let titles = Titles(replica)
    guard !record.state.conflicts().isEmpty else {
      return context.output.note("No conflicts in \(try titles.name(record.state.record)).")
    }
    let kind = Kinds.named(record.state.kind)
    let title = context.output.style.bold(TerminalSafe.line(RecordSummary.of(record.state).title))
    context.output.write("\(title)\n\(kind?.label ?? record.state.kind.string) \(record.state.record)\n\n")
    context.output.write(try ConflictPage(record.state, kind, titles, context.output).text())
  }

  private static func json(_ state: RecordState) -> JSON {
    [
      "id": .string(state.record.text), "record": .string(state.kind),
      "title": .string(Text(RecordSummary.of(state).title)),
      "conflicts": .array(state.conflicts().map(\.json)),
    ]
  }
}
