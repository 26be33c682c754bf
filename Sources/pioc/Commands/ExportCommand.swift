import JSON
import Records
import Replica
import Terminal

/// `pioc export`: records as a file for other programs, or for another day.
enum ExportCommand {
  static let command = Command(
    "export", summary: "Write records to a file, as JSON or as a table; 'import' reads it back.",
    discussion: """
      What leaves the network is out of its hands, so unless you say otherwise only what is marked public is written: \
      a person's contact only if the consent's scope is public too, and never links to join, telephones, online \
      services, consent and notes. A field that names records which are not public is left out. '--visibility network' \
      writes everything; keep that file as you would keep the replica. Deleted records are never written.

      The same records give the same bytes, and importing the file where it came from changes nothing. In a table, a \
      cell that a spreadsheet could take for a formula gets an apostrophe in front, which 'import' takes away again.
      """,
    examples: [
      "pioc export -o public.json", "pioc export events --visibility network -o events.csv",
      "pioc export contacts --visibility network --format csv > contacts.csv",
    ],
    options: [
      Option("--format", value: "FORM", "json or csv (usually what the file's name ends in, or else json)."),
      Option(
        "--output", short: "-o", value: "FILE", "Write to this file, whole or not at all, and not to standard output."),
      Option("--visibility", value: "CEILING", "For whose eyes it is: public (usual) or network."),
      Option("--raw", "A table for programs alone: no apostrophes, and no mark at its beginning."),
    ],
    arguments: [Argument("KIND", optional: true, "event, contact or publication; all of them without.")])

  static func run(_ context: Context) throws -> Int32 {
    let replica = try context.open()
    let invocation = context.invocation
    let kind = try invocation.arguments.first.map { try KindWord.kind($0) }
    let path = invocation.value("--output").flatMap { $0 == "-" ? nil : $0 }
    let form = try form(invocation.value("--format"), path)
    let word = invocation.value("--visibility") ?? ExportCeiling.public.rawValue
    guard let ceiling = ExportCeiling(rawValue: word.lowercased()) else {
      throw Failure.usage("--visibility does not take \(Phrase.quoted(word)).", "It takes public and network.")
    }
    let report = try replica.export(form, kind: kind, ceiling: ceiling, isRaw: invocation.flag("--raw"))
    if let path {
      try WholeFile.write(report.bytes, to: path)
    } else {
      context.output.write(bytes: report.bytes)
      // Nothing was exported then, and the program says so at its end.
      if context.output.isLost { return ExitCode.done }
    }
    tell(report, form, path, context)
    return ExitCode.done
  }

  private static func form(_ word: String?, _ path: String?) throws -> ExportFile.Form {
    if let word {
      guard let form = ExportFile.Form(rawValue: word.lowercased()) else {
        throw Failure.usage("--format does not take \(Phrase.quoted(word)).", "It takes json and csv.")
      }
      return form
    }
    let ending = path?.split(separator: "/").last?.lowercased().split(separator: ".").dropFirst().last.map(String.init)
    guard let ending, foreign.contains(ending) else { return ending == "csv" ? .csv : .json }
    throw Failure.usage(
      "A file '.\(ending)' cannot be written.",
      "End the name in .csv, which spreadsheets open too, or in .json; or say --format.")
  }

  /// What other programs would take for a file of theirs, and then call damaged.
  private static let foreign: Set<String> = [
    "xlsx", "xls", "ods", "numbers", "docx", "doc", "odt", "pdf", "txt", "xml",
  ]

  private static func tell(_ report: ExportReport, _ form: ExportFile.Form, _ path: String?, _ context: Context) {
    let note = context.output.note
    note("exported \(counts(report.records))" + (path.map { " to \(TerminalSafe.line($0))" } ?? ""))
    if !report.leftOut.isEmpty {
      note("left out \(counts(report.leftOut)), not public; --visibility network takes all.")
    }
    for (field, count) in report.fieldsLeftOut.sorted(by: { $0.key < $1.key }) {
      note("left out '\(TerminalSafe.line(field.string))' of \(Phrase.count(count, "record"))")
    }
    if report.conflicts > 0 {
      note(
        "\(Phrase.count(report.conflicts, "record")) in conflict: only what is shown was written; see 'pioc conflicts'."
      )
    }
  }

  private static func counts(_ records: [Text: Int]) -> String {
    let counts = Kinds.all.compactMap { kind in
      records[kind.name].map { Phrase.count($0, kind.label, plural: kind.plural) }
    }
    return counts.isEmpty ? "nothing" : counts.joined(separator: ", ")
  }
}
