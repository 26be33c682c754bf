import Foundation
import JSON
import Records
import Replica
import Terminal

/// `pioc import`: takes every good record of a file and names every bad one.
enum ImportCommand {
  static let command = Command(
    "import", synonyms: ["load", "ingest"], summary: "Take in a file of records; the same file twice changes nothing.",
    discussion: """
      The format is the project's own JSON ("format": "pioc-sample/1"). Every good record is taken, and \
      every other one is named with the reason. Exit code: 0 all taken, 3 some, 1 none.
      """,
    examples: ["pioc import records.json", "curl https://example.org/records.json | pioc import -"],
    arguments: [Argument("FILE", "The file, or '-' for standard input.")])

  static func run(_ context: Context) throws -> Int32 {
    let replica = try context.open()
    let name = context.invocation.arguments[0]
    let items: [ImportItem]
    do {
      items = try ImportFile.parse(try bytes(name))
    } catch let error as ImportError {
      throw Failure.usage(
        "\(error.description.prefix(1).uppercased() + error.description.dropFirst()).",
        "Nothing was imported; mend the file and try again.")
    }
    let report = try replica.importItems(items, at: context.now(), random: context.random)
    if context.wantsJSON { context.output.write(json(report)) } else { show(report, context) }
    if report.problems.isEmpty { return ExitCode.done }
    return report.problems.count == items.count ? ExitCode.failed : ExitCode.needsYou
  }

  private static func bytes(_ name: String) throws -> [UInt8] {
    if name == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: name)))
    } catch {
      let isThere = FileManager.default.fileExists(atPath: name)
      throw Failure.usage(
        "'\(TerminalSafe.line(name))' \(isThere ? "cannot be read" : "is not there").",
        "Check the file's name and permissions.")
    }
  }

  private static func show(_ report: ImportReport, _ context: Context) {
    for problem in report.problems {
      context.output.note("\(problem.source.isEmpty ? "(no id)" : problem.source.string): \(problem.reason)")
    }
    let added = report.added.values.reduce(0, +)
    let kinds = Kinds.all.compactMap { kind in
      report.added[kind.name].map { Phrase.count($0, kind.label, plural: kind.plural) }
    }
    let detail = kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))"
    context.output.write(
      "imported \(added)\(detail), updated \(report.updated), unchanged \(report.unchanged), "
        + "rejected \(report.problems.count)\n"
    )
  }

  private static func json(_ report: ImportReport) -> JSON {
    let added = Kinds.all.map { JSONMember(key: $0.name, value: .int(Int64(report.added[$0.name] ?? 0))) }
    return [
      "imported": .object(JSONObject(added)), "updated": .int(Int64(report.updated)),
      "unchanged": .int(Int64(report.unchanged)),
      "rejected": .array(
        report.problems.map { ["id": .string($0.source), "reason": .string(Text($0.reason))] }),
    ]
  }
}
