import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc event show`, and the like.
enum ShowCommand {
  static func command(_ kind: Kind) -> Command {
    Command(
      "show", summary: "Show all of \(Phrase.one(kind.label)), what refers to it, and its open conflicts.",
      discussion: """
        With --json, names that begin with '@' are about the record and are no fields of it. --at goes by the hub's \
        clock, and by this machine's for what was not sent yet.
        """,
      examples: [
        "pioc \(kind.name) show 3f2a", "pioc \(kind.name) show 3f2a --json",
        "pioc \(kind.name) show 3f2a --at 2026-03-01",
      ],
      options: [
        Option("--at", value: "DAY", "Show it as it was at the end of that day, or at '2026-03-01 14:30'.")
      ],
      arguments: [RecordCommand.id(kind)])
  }

  static func run(_ kind: Kind, _ context: Context) throws -> Int32 {
    let replica = try context.open()
    let record = try Lookup(replica: replica).record(context.invocation.arguments[0], kind: kind)
    if let moment = context.invocation.value("--at") {
      return try PastCommand.run(moment, record, kind, replica, context)
    }
    if context.wantsJSON {
      context.output.write(try json(record, replica))
    } else {
      context.output.write(try RecordPage(record, kind, replica, context.output).text())
    }
    return ExitCode.done
  }

  private static func json(_ record: StoredRecord, _ replica: LocalReplica) throws -> JSON {
    var document = RecordDocument.json(record.state)
    document["@conflicts"] = .array(record.state.conflicts().map(\.json))
    document["@pending"] = .bool(try replica.hasPending(record))
    document["@referredBy"] = .array(
      try replica.references(to: record.state.record).map { reference in
        [
          "id": .string(reference.line.id.text), "record": .string(reference.line.kind),
          "field": .string(reference.field), "title": .string(Text(reference.line.title)),
        ]
      })
    return .object(document)
  }
}
