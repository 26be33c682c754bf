import Foundation
import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc conflicts resolve`: writes over every value in sight, for everyone.
enum ResolveCommand {
  static let command = Command(
    "resolve", summary: "Settle a conflict: take one of the values, or write another.",
    discussion: """
      Values are numbered as 'pioc conflicts show' numbers them. Where a record has one conflict, --field \
      may be left out. A record that was deleted by some and edited by others is settled with --keep or \
      --delete.
      """,
    examples: [
      "pioc conflicts resolve 3f2a --take 2",
      "pioc conflicts resolve 3f2a --field title --value \"Peace forum\"",
      "pioc conflicts resolve 3f2a --keep",
    ],
    options: [
      Option("--field", value: "FIELD", "The field in conflict."),
      Option("--key", value: "KEY", "The element of a field that holds several."),
      Option("--take", value: "N", "Take the value with this number."),
      Option("--value", value: "VALUE", "Write this value instead; \"\" clears the field."),
      Option("--keep", "Keep a record that was deleted and edited."),
      Option("--delete", "Delete a record that was deleted and edited."),
    ],
    arguments: [Argument("ID", "A record in conflict.")])

  static func run(_ prefix: String, _ replica: LocalReplica, _ context: Context) throws -> Int32 {
    try checkChoice(context)
    let record = try Lookup(replica: replica).record(prefix)
    let kind = Kinds.named(record.state.kind)
    let conflict = try choose(record.state, kind, context)
    let how = try resolution(of: conflict, kind, replica, context)
    try replica.resolve(conflict, of: record, how, at: context.now())
    let id = record.state.record
    let left = (try? replica.record(id)?.state.conflicts().count) ?? 0
    Confirmation(replica, context).print("Settled \(ConflictPage.place(conflict, kind)) in", id)
    if context.wantsJSON { return ExitCode.done }
    if left > 0 {
      context.output.note("\(Phrase.count(left, "conflict")) left in it: 'pioc conflicts show \(prefix)'.")
    }
    context.output.note("Next: 'pioc sync' settles it for everyone.")
    return ExitCode.done
  }

  private static func checkChoice(_ context: Context) throws {
    let choices = ["--take", "--value", "--keep", "--delete"].filter { context.invocation.flag($0) }
    guard choices.count == 1 else {
      throw Failure.usage(
        choices.isEmpty
          ? "Nothing was said about how to settle it." : "\(Phrase.list(choices)) cannot go together.",
        "Give one of --take N, --value VALUE, --keep and --delete; 'pioc conflicts show ID' shows the values."
      )
    }
  }

  /// The conflict that is meant.
  private static func choose(_ state: RecordState, _ kind: Kind?, _ context: Context) throws -> Conflict {
    let invocation = context.invocation
    let isAboutLife = invocation.flag("--keep") || invocation.flag("--delete")
    let all = state.conflicts()
    var found = all.filter { ($0.path == .life) == isAboutLife }
    if let word = invocation.value("--field") {
      let name = try kind.map { try FieldOptions.field(word, of: $0).name } ?? Text(word)
      found = found.filter { $0.path.field == name }
    }
    if let key = invocation.value("--key") {
      let wanted = Text(key.precomposedStringWithCanonicalMapping)
      found = found.filter { $0.path.key == wanted || $0.path.key == Text(key) }
    }
    if found.count == 1 { return found[0] }
    let short = context.invocation.arguments[0]
    if all.isEmpty {
      throw Failure.usage("This record has no conflict.", "'pioc conflicts' lists those that have.")
    }
    if found.isEmpty {
      let places = all.map { ConflictPage.place($0, kind) }
      throw Failure.usage(
        "There is no such conflict in this record, but one about: \(places.joined(separator: "; ")).",
        "'pioc conflicts show \(short)' shows how to settle it.")
    }
    throw Failure.usage(
      "This record has \(found.count) such conflicts.",
      "Say which with --field (and --key): 'pioc conflicts show \(short)' lists them.")
  }

  private static func resolution(
    of conflict: Conflict, _ kind: Kind?, _ replica: LocalReplica, _ context: Context
  ) throws -> Resolution {
    let invocation = context.invocation
    if invocation.flag("--keep") { return .keep }
    if invocation.flag("--delete") { return .delete }
    if let text = invocation.value("--take") {
      guard let number = Int(text), number > 0 else {
        throw Failure.usage(
          "'\(TerminalSafe.line(text))' is not the number of a value.", "Write for example --take 2.")
      }
      return .take(number)
    }
    return .value(try value(invocation.value("--value") ?? "", for: conflict, kind, replica))
  }

  private static func value(
    _ text: String, for conflict: Conflict, _ kind: Kind?, _ replica: LocalReplica
  ) throws -> JSON {
    guard let kind, let field = kind.field(conflict.path.field) else {
      throw Failure.usage("This version does not know the field.", "Take one of the values with --take N.")
    }
    let typed = try TypedReferences(replica: replica).resolved(text, field)
    guard let element = try FieldText.parse(typed, for: field).first else {
      guard !field.isKeyed, !field.isRequired else {
        throw Failure.usage("--value: \(field.label) cannot be cleared here.", "Give \(field.help).")
      }
      return .null
    }
    guard element.key == nil || element.key == conflict.path.key else {
      throw Failure.usage(
        "--value: the conflict is about the element \(Phrase.quoted(conflict.path.key?.string ?? "")).",
        "Begin the value with it.")
    }
    return element.value
  }
}
