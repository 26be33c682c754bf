import JSON
import Records
import Replica
import Terminal

/// `pioc event list`, and the like.
enum ListCommand {
  static func command(_ kind: Kind) -> Command {
    Command(
      "list", aliases: ["ls"],
      summary: "List \(kind.plural), \(kind.name == "contact" ? "by name" : "by date").",
      discussion: "A '!' marks a conflict, a '*' changes that were not sent yet.",
      examples: ["pioc \(kind.name) list", "pioc \(kind.name) list --all --json"],
      options: [
        Option("--limit", value: "N", "How many to show (usually 50)."), Option("--all", "Show all of them."),
        Option("--deleted", "Show deleted ones instead, which 'restore' can bring back."),
      ])
  }

  static func run(_ kind: Kind, _ context: Context) throws -> Int32 {
    let limit = context.invocation.flag("--all") ? Int64.max : try context.count("--limit", usual: 50)
    let replica = try context.open()
    let isDeleted = context.invocation.flag("--deleted")
    let lines =
      isDeleted
      ? try replica.deleted(kind: kind.name, limit: limit) : try replica.list(kind: kind.name, limit: limit)
    let total = isDeleted ? try replica.deletedCount(kind: kind.name) : try replica.count(kind: kind.name)
    let listing = Listing(replica, context)
    try listing.show(lines, subtitle: subtitle(kind))
    if lines.isEmpty, !context.wantsJSON {
      context.output.note(
        isDeleted
          ? "No \(kind.label) is deleted."
          : "There are no \(kind.plural) yet; 'pioc \(kind.name) add' adds one.")
    }
    let more = total - Int64(lines.count)
    if more > 0 { context.output.note("\(more) more; --all shows all, --limit N the first N.") }
    return ExitCode.done
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
