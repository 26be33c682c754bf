import JSON
import Records
import Replica
import Sync
import Terminal

/// `pioc event add`, and the like.
enum AddCommand {
  static func command(_ scope: RecordScope) -> Command {
    Command(
      "add", aliases: ["new"], synonyms: ["create", "make", "insert"],
      summary: "Add \(Phrase.one(scope.noun)), and print its id.",
      examples: scope.kind.map(examples) ?? [],
      options: scope.kind.map { FieldOptions.options($0, isNew: true) } ?? [])
  }

  static func run(_ scope: RecordScope, _ context: Context) throws -> Int32 {
    guard let kind = scope.kind else {
      throw Failure.usage("What is to be added?", "Write 'pioc event add', 'contact add' or 'publication add'.")
    }
    let replica = try context.openToWrite()
    let options = FieldOptions(kind: kind, replica: replica, context: context)
    let time = context.now()
    let id = RecordID(milliseconds: time, random: context.random(10))
    let owner = try replica.settings.replica.member.text
    try replica.edit(id, kind: kind.name, at: time) { draft in
      try options.write(into: &draft)
      if !draft.operations.contains(where: { $0.path == Path("owner") }) {
        draft.put(Path("owner"), .string(owner))
      }
      FieldEdit.addDefaults(of: kind, in: &draft)
      try options.checkComplete(draft)
    }
    options.understood.say(to: context.output)
    Confirmation(replica, context).print("Added", id)
    return ExitCode.done
  }

  private static func examples(_ kind: Kind) -> [String] {
    switch kind.name {
    case "event":
      [
        "pioc event add --title \"Peace forum\" --when 2027-03-01..2027-03-03 --area \"Urban peace\"",
        "pioc event add --title Webinar --when \"2027-06-22 10:00..11:30 America/Bogota\"",
        "pioc event add --title Talk --when tba --participant 3f2a:speaker --point \"question: Who pays?\"",
      ]
    case "contact":
      [
        "pioc contact add --kind org --name \"City of Palmira\" --url https://www.palmira.gov.co",
        "pioc contact add --kind individual --name \"Ana Paz\" --affiliation \"City Hall; title=Mayor\" \\",
        "  --consent \"public-role; scope=network; evidence=city's web page\"",
      ]
    default:
      [
        "pioc publication add --type report --title \"The Case\" --author \"Paz, Ana\" --issued 2020-01",
        "pioc publication add --type webpage --title \"Our cities\" --url https://example.org/cities",
      ]
    }
  }
}
