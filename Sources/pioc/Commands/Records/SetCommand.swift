import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc event set`, and the like.
enum SetCommand {
  static func command(_ scope: RecordScope) -> Command {
    Command(
      "set", synonyms: ["change", "update", "modify", "rename"],
      summary: "Change fields of \(Phrase.one(scope.noun)); all others stay as they are.",
      discussion: """
        Where a field holds several values, its option adds one, as --add does. Only what differs is \
        written. Where 'show' numbers the elements, --remove takes the number too.
        """,
      examples: scope.kind.map(examples) ?? [
        "pioc set 3f2a --area \"Urban peace\" --language es", "pioc set 3f2a --clear summary",
      ],
      options: [
        Option("--add", value: "FIELD=VALUE", repeats: true, "Add an element to a field."),
        Option("--remove", value: "FIELD=VALUE", repeats: true, "Remove an element from a field."),
        Option("--clear", value: "FIELD", repeats: true, "Leave a field without any value."),
      ] + FieldOptions.options(scope), arguments: [scope.id])
  }

  static func run(_ scope: RecordScope, _ context: Context) throws -> Int32 {
    let own = ["--dir", "--json"]
    guard context.invocation.occurrences.contains(where: { !own.contains($0.option) }) else {
      throw Failure.usage(
        "Nothing was said to change.",
        "Give fields, such as --title \"…\"; '\(scope.line) set --help' lists them.")
    }
    let replica = try context.openToWrite()
    let record = try scope.record(replica, context)
    let kind = try scope.kind(of: record.state)
    let options = FieldOptions(kind: kind, replica: replica, context: context)
    let id = record.state.record
    let change = try replica.edit(id, kind: kind.name, at: context.now()) { draft in
      if draft.state.isDeleted {
        throw Failure.failed(
          "This \(kind.label) is deleted.", "Bring it back first: 'pioc \(kind.name) restore \(id)'.")
      }
      try options.change(&draft)
      if !draft.isEmpty { try options.checkComplete(draft) }
    }
    options.understood.say(to: context.output)
    Confirmation(replica, context).print(
      change == nil ? "Unchanged (it says so already):" : "Changed", id)
    return ExitCode.done
  }

  private static func examples(_ kind: Kind) -> [String] {
    switch kind.name {
    case "event":
      [
        "pioc event set 3f2a --title \"Peace forum 2027\" --when 2027-03-02",
        "pioc event set 3f2a --add topic=\"smart cities\" --remove area=\"Urban peace\" --clear place",
        "pioc event set 3f2a --remove point=2 --point \"aim: Halve urban violence\"",
      ]
    case "contact":
      [
        "pioc contact set 3f2a --email \"ana@example.org work\" --remove phone=\"+57 1 5550100\"",
        "pioc contact set 3f2a --clear note",
      ]
    default: ["pioc publication set 3f2a --issued 2020-01 --add author=\"City of Palmira\" --clear edition"]
    }
  }
}
