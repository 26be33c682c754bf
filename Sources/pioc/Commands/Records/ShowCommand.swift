import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc event show`, and the like.
enum ShowCommand {
  static func command(_ scope: RecordScope) -> Command {
    Command(
      "show", synonyms: ["view", "get", "open", "cat", "print", "read", "info"],
      summary: "Show all of \(Phrase.one(scope.noun)), what refers to it, and its open conflicts.",
      discussion: """
        With --json, names that begin with '@' are about the record and are no fields of it. --at goes by the hub's \
        clock, and by this machine's for what was not sent yet.
        """,
      examples: [
        "\(scope.line) show 3f2a", "\(scope.line) show 3f2a --json", "\(scope.line) show 3f2a --at 2099-12-31",
      ],
      options: [
        Option("--at", value: "DAY", "Show it as it was at the end of that day, or at '2026-03-01 14:30'.")
      ],
      arguments: [scope.id])
  }

  static func run(_ scope: RecordScope, _ context: Context) throws -> Int32 {
    let replica = try context.open()
    let record = try scope.record(replica, context)
    if let moment = context.invocation.value("--at") {
      return try PastCommand.run(moment, record, try scope.kind(of: record.state), replica, context)
    }
    if context.wantsJSON {
      context.output.write(try json(record, replica))
    } else {
      context.output.write(try RecordPage(record, try scope.kind(of: record.state), replica, context.output).text())
      tellRefused(record, replica, context)
    }
    return ExitCode.done
  }

  /// Names own changes to the record that the hub refused: what they wrote is not shown.
  private static func tellRefused(_ record: StoredRecord, _ replica: LocalReplica, _ context: Context) {
    let refused = ((try? replica.rejected()) ?? []).filter { $0.change.record == record.state.record }
    for change in refused {
      context.output.note(
        "The hub refused a change of yours to it, which is not shown: 'pioc rejected \(change.pos)'.")
    }
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
