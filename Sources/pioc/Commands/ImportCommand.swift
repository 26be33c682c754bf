import JSON
import Records
import Replica
import Terminal

/// `pioc import`: takes every good record of a file and names every bad one.
enum ImportCommand {
  static let command = Command(
    "import", synonyms: ["load", "ingest"], summary: "Take in a file of records; the same file twice changes nothing.",
    discussion: """
      JSON as 'pioc export' and the lists with --json print it ("format": "pioc-records/1", and "pioc-sample/1"), one \
      record or one a line, or a table (CSV, UTF-8 or what a spreadsheet saves as Unicode text; commas, semicolons or \
      tabs) with the names of fields in its first row. A cell holds what the field's option takes, several values on a \
      line each; an empty cell leaves the field as it is.

      A record is known again by its id or by one of its foreign ids; without any, by its title (an event also by its \
      time). Every good record is taken, and every other one is named with line, field and reason. Exit code: 0 all \
      taken, 3 some, 1 none.
      """,
    examples: [
      "pioc import records.json", "pioc import contacts.csv --dry-run",
      "curl https://example.org/records.json | pioc import -",
    ],
    options: [
      Option(
        "--kind", value: "KIND", "What the records are, where the file does not say: event, contact or publication."),
      Option(
        "--on-duplicate", value: "RULE",
        "What to do where a record is here and says something else: skip, update or new."),
      Option("--dry-run", "Only say what would come of it."),
      Option("--raw", "Cells are as they are: take no apostrophe away that guards them against spreadsheets."),
    ],
    arguments: [Argument("FILE", "The file, or '-' for standard input.")])

  static func run(_ context: Context) throws -> Int32 {
    let replica = try context.openToWrite()
    let invocation = context.invocation
    let kind = try invocation.value("--kind").map { try KindWord.kind($0) }
    let duplicates = try invocation.value("--on-duplicate").map { try rule($0) }
    let isTrial = invocation.flag("--dry-run")
    let file: ImportFile
    do {
      file = try ImportFile(
        try InputFile(name: invocation.arguments[0]).bytes(), kind: kind, isRaw: invocation.flag("--raw"))
    } catch let error as ImportError {
      throw Failure.usage(
        TerminalSafe.line("\(error.description.prefix(1).uppercased() + error.description.dropFirst())."),
        "Nothing was imported; mend the file and try again.")
    }
    let report = try replica.importItems(
      file.items, duplicates: duplicates, isTrial: isTrial, at: context.now(), random: context.random)
    if context.wantsJSON {
      context.output.write(json(report, file, isTrial))
    } else {
      show(report, file, isTrial, duplicates, context)
    }
    if report.problems.isEmpty { return ExitCode.done }
    return report.problems.count == file.items.count ? ExitCode.failed : ExitCode.needsYou
  }

  private static func rule(_ word: String) throws -> DuplicateRule {
    guard let rule = DuplicateRule(rawValue: word.lowercased()) else {
      throw Failure.usage(
        "--on-duplicate does not take \(Phrase.quoted(word)).",
        "It takes \(Phrase.list(DuplicateRule.allCases.map(\.rawValue))).")
    }
    return rule
  }

  private static func show(
    _ report: ImportReport, _ file: ImportFile, _ isTrial: Bool, _ duplicates: DuplicateRule?, _ context: Context
  ) {
    context.output.note("Read as \(file.form): \(Phrase.count(file.items.count, "record")).")
    // Where all stand on one line, as programs write JSON, their numbers tell them apart.
    let isOneLine = Set(report.problems.compactMap(\.line)).count < report.problems.count
    for problem in report.problems {
      let field = problem.field.map { "\($0): " } ?? ""
      context.output.note(TerminalSafe.line("\(place(problem, isOneLine: isOneLine)): \(field)\(problem.reason)"))
    }
    let added = report.added.values.reduce(0, +)
    let kinds = Kinds.all.compactMap { kind in
      report.added[kind.name].map { Phrase.count($0, kind.label, plural: kind.plural) }
    }
    let detail = kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))"
    let skipped = duplicates == .skip ? ", skipped \(report.skipped)" : ""
    context.output.write(
      prose: "imported \(added)\(detail), updated \(report.updated), unchanged \(report.unchanged)\(skipped), "
        + "rejected \(report.problems.count)\n"
    )
    if isTrial { context.output.note("This was a trial: nothing was written.") }
  }

  /// Where a bad record stands in the file.
  private static func place(_ problem: ImportReport.Problem, isOneLine: Bool) -> String {
    let name = problem.source.isEmpty ? "" : " (\(problem.source))"
    let number = "record \(problem.number)"
    guard let line = problem.line else { return number + name }
    return (isOneLine ? "\(number), line \(line)" : "line \(line)") + name
  }

  private static func json(_ report: ImportReport, _ file: ImportFile, _ isTrial: Bool) -> JSON {
    let added = Kinds.all.map { JSONMember(key: $0.name, value: .int(Int64(report.added[$0.name] ?? 0))) }
    return [
      "imported": .object(JSONObject(added)), "updated": .int(Int64(report.updated)),
      "unchanged": .int(Int64(report.unchanged)), "skipped": .int(Int64(report.skipped)),
      "rejected": .array(
        report.problems.map { problem in
          [
            "id": .string(problem.source), "record": .string(problem.kind), "number": .int(Int64(problem.number)),
            "line": problem.line.map { .int(Int64($0)) } ?? .null, "field": problem.field.map { .string($0) } ?? .null,
            "reason": .string(Text(problem.reason)),
          ]
        }),
      "form": .string(Text(file.form)), "dryRun": .bool(isTrial),
    ]
  }
}
