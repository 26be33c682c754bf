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
      'retry' writes a change again on top of what the record says now. 'discard' gives it up; the record \
      then shows what it would without it.
      """,
    examples: ["pioc rejected", "pioc rejected retry 12", "pioc rejected discard 12 --yes"],
    arguments: [Argument("N", optional: true, "The number of a rejected change.")],
    subcommands: [
      Command("list", aliases: ["ls"], summary: "List rejected changes.", examples: ["pioc rejected list"]),
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
    let replica = try context.open()
    let all = try replica.rejected()
    switch context.invocation.path.last {
    case "retry": return try retry(all, replica, context)
    case "discard": return try discard(all, replica, context)
    default:
      let chosen = try context.invocation.arguments.first.map { [try find($0, all)] } ?? all
      try list(chosen, replica, context)
      return ExitCode.done
    }
  }

  private static func list(_ rejected: [RejectedChange], _ replica: LocalReplica, _ context: Context) throws {
    if context.wantsJSON { return context.output.write(.array(try rejected.map { try json($0) })) }
    if rejected.isEmpty { return context.output.note("Nothing was rejected.") }
    let titles = Titles(replica)
    for change in rejected {
      let name = TerminalSafe.line(try name(change.change, titles))
      let heading = context.output.style.bold("\(change.pos)  \(name)")
      context.output.write("\(heading), \(LocalTime.text(milliseconds: change.change.at))\n")
      let words = ChangeWords(titles: titles)
      for line in try words.lines(change.change) { context.output.write("   \(TerminalSafe.line(line))\n") }
      let code = change.rejection.code
      context.output.write(
        "   Why: \(TerminalSafe.line(change.rejection.detail)) (\(code.rawValue)).\n   \(code.advice)\n")
    }
    context.output.note(
      "Mend the record and drop the change ('pioc rejected discard N --yes'), or 'pioc rejected retry N'.")
  }

  /// What the record is called here, or what it was to be called where the hub holds nothing of it.
  private static func name(_ change: Change, _ titles: Titles) throws -> String {
    if try titles.title(of: change.record) == nil, let field = Kinds.named(change.kind)?.titleField {
      for case .put(Path(field), let value, _) in change.operations {
        let title = value.text ?? value["full"]?.text
        if let title { return "\(title) (\(try titles.short(change.record)))" }
      }
    }
    return try titles.name(change.record)
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
    for change in chosen {
      try replica.retry(change, at: context.now())
      Confirmation(replica, context).print("Written again:", change.change.record)
    }
    if !chosen.isEmpty, !context.wantsJSON { context.output.note("Next: 'pioc sync' offers it to the hub.") }
    return ExitCode.done
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
    guard let number = Int64(text), let change = all.first(where: { $0.pos == number }) else {
      throw Failure.usage(
        "There is no rejected change '\(DisplayWidth.clip(TerminalSafe.line(text), to: 40))'.",
        "'pioc rejected' lists them with their numbers.")
    }
    return change
  }

  private static func json(_ rejected: RejectedChange) throws -> JSON {
    [
      "number": .int(rejected.pos), "record": .string(rejected.change.record.text),
      "code": .string(Text(rejected.rejection.code.rawValue)),
      "detail": .string(Text(rejected.rejection.detail)),
      "advice": .string(Text(rejected.rejection.code.advice)), "at": .int(rejected.change.at),
      "change": try JSON.parse(rejected.change.bytes),
    ]
  }
}
