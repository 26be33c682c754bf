import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc resolve`: writes over every value in sight, for everyone; on a terminal it can go through all conflicts.
enum ResolveCommand {
  static let command = Command(
    "resolve", summary: "Settle a conflict: take one of the values, merge them, or write another.",
    discussion: """
      Without an ID, on a terminal, it goes through all conflicts and asks. Values are numbered as 'pioc \
      conflicts show' numbers them. Where a record has one conflict, FIELD may be left out. A record that was \
      deleted by some and edited by others is settled with --keep or --delete.

      --merge brings texts together: what one side changed and the other left as it was. It takes the value \
      that both started from, so it works where this replica knows that value, shows what comes out, and asks; \
      --yes writes it without asking.
      """,
    examples: [
      "pioc resolve", "pioc resolve 3f2a --take 2", "pioc resolve 3f2a title --value \"Peace forum\"",
      "pioc resolve 3f2a --merge", "pioc resolve 3f2a --keep",
    ],
    options: [
      Option("--field", value: "FIELD", "The field in conflict; the same as FIELD."),
      Option("--key", value: "KEY", "The element of a field that holds several."),
      Option("--take", value: "N", "Take the value with this number."),
      Option("--value", value: "VALUE", "Write this value instead; \"\" clears the field."),
      Option("--merge", "Bring the texts together word by word, and ask."),
      Option("--keep", "Keep a record that was deleted and edited."),
      Option("--delete", "Delete a record that was deleted and edited."),
      Option("--yes", "Write what --merge proposes without asking."),
    ],
    arguments: [
      Argument("ID", optional: true, "A record in conflict."),
      Argument("FIELD", optional: true, "The field in conflict."),
    ])

  /// Runs `pioc resolve`, which is `pioc conflicts resolve` too.
  static func run(_ prefix: String?, _ replica: LocalReplica, _ context: Context) throws -> Int32 {
    let choice = ResolveChoice(context, replica)
    guard let prefix else {
      guard Terminal.isTerminal(0), !context.wantsJSON, choice.isEmpty else {
        throw Failure.usage(
          "Nothing was said about which conflict to settle.",
          "Give an ID and one of --take N, --value VALUE, --merge, --keep and --delete; 'pioc conflicts' lists them.")
      }
      return try ConflictWalk(replica, context).run()
    }
    let record = try Lookup(replica: replica).record(prefix)
    if choice.isEmpty, Terminal.isTerminal(0), !context.wantsJSON {
      return try ConflictWalk(replica, context, only: record.state.record).run()
    }
    try choice.check()
    let kind = Kinds.named(record.state.kind)
    let conflict = try choice.conflict(of: record.state, kind)
    guard let how = try choice.resolution(of: conflict, record) else { return ExitCode.done }
    let change = try replica.resolve(conflict, of: record, how, at: context.now())
    confirm(conflict, change, of: record, replica, context)
    return ExitCode.done
  }

  private static func confirm(
    _ conflict: Conflict, _ change: Change?, of record: StoredRecord, _ replica: LocalReplica, _ context: Context
  ) {
    let id = record.state.record
    let left = (try? replica.record(id)?.state.conflicts().count) ?? 0
    let confirmation = Confirmation(replica, context)
    confirmation.print("Settled \(ConflictWords.place(conflict, Kinds.named(record.state.kind))) in", id)
    if context.wantsJSON { return }
    // Values are numbered anew when another comes: what was taken, and what it replaced, is named.
    if case .values(let path, let cells) = conflict, let change {
      let values = Dictionary(cells.map { ($0.name, [path: $0.value]) }, uniquingKeysWith: { first, _ in first })
      // Beside them a change names what the writer's own changes before had replaced.
      let others = change.operations.flatMap(\.over).filter { values[$0] == nil }
      let words = ChangeWords(titles: Titles(replica), values: values)
      let lines = (try? words.lines(change) { _, _ in others }) ?? []
      for line in lines { context.output.note("  \(TerminalSafe.line(line))") }
    }
    if left > 0 {
      context.output.note(
        "\(Phrase.count(left, "conflict")) left in it: 'pioc conflicts show \(confirmation.short(id))'.")
    }
    context.output.note("Next: 'pioc sync' settles it for everyone.")
  }
}
