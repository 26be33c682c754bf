import JSON
import Records
import Replica
import Sync
import Terminal

/// `pioc rejected`: own changes that the hub refused, and that wait for somebody.
enum RejectedCommand {
  static let command = Command(
    "rejected", summary: "List changes that the hub refused, and why; none is dropped by itself.",
    discussion: """
      'show' prints a change with its values in full. 'edit' mends them and writes it again. 'retry' writes a \
      change again as it was. What was written to the same places since is not written over: both stand there then, \
      as a conflict. 'discard' gives it up; the record then shows what it would without it.
      """,
    examples: [
      "pioc rejected", "pioc rejected edit 12 --set summary=\"A shorter one\"", "pioc rejected retry 12",
      "pioc rejected discard 12 --yes",
    ],
    arguments: [Argument("N", optional: true, "The number of a rejected change.")],
    subcommands: [
      Command("list", aliases: ["ls"], summary: "List rejected changes.", examples: ["pioc rejected list"]),
      Command(
        "show", summary: "Show a rejected change, its values in full.", examples: ["pioc rejected show 12"],
        arguments: [Argument("N", "The number of a rejected change.")]),
      RejectedEdit.command,
      Command(
        "retry", summary: "Write a rejected change again; the next sync offers it to the hub.",
        examples: ["pioc rejected retry 12", "pioc rejected retry --all"],
        options: [Option("--all", "Retry all of them.")], arguments: [number]),
      Command(
        "discard", summary: "Give a rejected change up for good.",
        examples: ["pioc rejected discard 12 --yes"],
        options: [Option("--yes", "Do it: nothing can bring the change back.")],
        arguments: [Argument("N", "The number of a rejected change.")]),
    ])

  private static let number = Argument("N", optional: true, "The number of a rejected change.")

  static func run(_ context: Context) throws -> Int32 {
    let writes = ["edit", "retry", "discard"].contains(context.invocation.path.last)
    let replica = try writes ? context.openToWrite() : context.open()
    let all = try replica.rejected()
    switch context.invocation.path.last {
    case "edit": return try RejectedEdit(find(context.invocation.arguments[0], all), replica, context).run()
    case "retry": return try retry(all, replica, context)
    case "discard": return try discard(all, replica, context)
    default:
      let one = try context.invocation.arguments.first.map { try find($0, all) }
      try list(one.map { [$0] } ?? all, isWhole: one != nil, replica, context)
      return ExitCode.done
    }
  }

  private static func list(
    _ rejected: [RejectedChange], isWhole: Bool, _ replica: LocalReplica, _ context: Context
  ) throws {
    if context.wantsJSON { return context.output.write(.array(try rejected.map { try RejectedWords.json($0) })) }
    if rejected.isEmpty { return context.output.note("Nothing was rejected.") }
    let titles = Titles(replica)
    for change in rejected {
      context.output.write(prose: try RejectedWords.page(change, titles, context.output, isWhole: isWhole))
    }
    context.output.note("'pioc rejected retry N' offers one as it is; 'pioc rejected discard N --yes' gives it up.")
  }

  private static func retry(_ all: [RejectedChange], _ replica: LocalReplica, _ context: Context) throws
    -> Int32
  {
    let typed = context.invocation.arguments.first
    guard (typed == nil) == context.invocation.flag("--all") else {
      throw Failure.usage(
        "Say which change to retry.", "Give its number or --all; 'pioc rejected' lists them.")
    }
    let chosen = try typed.map { [try find($0, all)] } ?? all
    if chosen.isEmpty { context.output.note("Nothing was rejected.") }
    var failed = 0
    for change in chosen {
      do {
        try RejectedWords.writeAgain(change, replica, context)
      } catch let error where typed == nil {
        // One that cannot be written keeps none of the others.
        let failure = Failure(explaining: error)
        context.output.note("\(change.pos): \(failure.message)\n   Mend it: 'pioc rejected edit \(change.pos)'")
        failed += 1
      } catch let error as ReplicaError {
        guard case .refused = error else { throw error }
        throw Failure.usage(
          Failure(explaining: error).message,
          "Mend it: 'pioc rejected edit \(change.pos)'; or give it up: 'pioc rejected discard \(change.pos) --yes'.")
      }
    }
    if chosen.count > failed, !context.wantsJSON { context.output.note("Next: 'pioc sync' offers it to the hub.") }
    return failed > 0 ? ExitCode.needsYou : ExitCode.done
  }

  private static func discard(_ all: [RejectedChange], _ replica: LocalReplica, _ context: Context) throws
    -> Int32
  {
    let text = context.invocation.arguments[0]
    let change = try find(text, all)
    guard context.invocation.flag("--yes") else {
      throw Failure.usage(
        "Nothing can bring a discarded change back.",
        "If that is what you want: 'pioc rejected discard \(change.pos) --yes'.")
    }
    try replica.discard(change)
    Confirmation(replica, context).print("Discarded a change to", change.change.record)
    return ExitCode.done
  }

  private static func find(_ text: String, _ all: [RejectedChange]) throws -> RejectedChange {
    guard let number = ResolveChoice.number(text).map(Int64.init), let change = all.first(where: { $0.pos == number })
    else {
      throw Failure.usage(
        "There is no rejected change '\(DisplayWidth.clip(TerminalSafe.line(text), to: 40))'.",
        "'pioc rejected' lists them with their numbers.")
    }
    return change
  }
}
