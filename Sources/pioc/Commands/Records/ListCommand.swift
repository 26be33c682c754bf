import JSON
import Records
import Replica
import Terminal

/// `pioc event list`, and the like.
enum ListCommand {
  static func command(_ scope: RecordScope) -> Command {
    Command(
      "list", aliases: ["ls"],
      summary: "List \(scope.plural), \(order(scope)).",
      discussion: "A '!' marks a conflict, a '*' changes that were not sent yet.",
      examples: ["\(scope.line) list", "\(scope.line) list --all --json"],
      options: [
        Option("--limit", value: "N", "How many to show (usually 50)."), Option("--all", "Show all of them."),
        Option("--deleted", "Show deleted ones instead, which 'restore' can bring back."),
      ])
  }

  static func run(_ scope: RecordScope, _ context: Context) throws -> Int32 {
    let limit = context.invocation.flag("--all") ? Int64.max : try context.count("--limit", usual: 50)
    let replica = try context.open()
    let isDeleted = context.invocation.flag("--deleted")
    let lines =
      isDeleted
      ? try replica.deleted(kind: scope.kind?.name, limit: limit) : try replica.list(kind: scope.kind?.name, limit: limit)
    let total = isDeleted ? try replica.deletedCount(kind: scope.kind?.name) : try replica.count(kind: scope.kind?.name)
    let listing = Listing(replica, context)
    try listing.show(lines, subtitle: scope.kind.map(subtitle))
    if lines.isEmpty, !context.wantsJSON {
      context.output.note(
        isDeleted
          ? "No \(scope.noun) is deleted."
          : "There are no \(scope.plural) yet; 'pioc \(scope.kind?.name ?? "event") add' adds one.")
    }
    let more = total - Int64(lines.count)
    if more > 0 { context.output.note("\(more) more; --all shows all, --limit N the first N.") }
    return ExitCode.done
  }

  private static func order(_ scope: RecordScope) -> String {
    switch scope.kind?.name {
    case nil: "by kind, then by date or name"
    case "contact": "by name"
    default: "by date"
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
