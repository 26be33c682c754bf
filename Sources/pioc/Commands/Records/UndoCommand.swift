import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc undo`: a new change that puts back what an earlier one replaced.
enum UndoCommand {
  static func command(_ scope: RecordScope) -> Command {
    Command(
      "undo", synonyms: ["revert", "rollback"],
      summary: "Put back what one change to \(Phrase.one(scope.noun)) replaced.",
      discussion: """
        CHANGE is a number or a name as 'history' prints it. Undoing is a change of its own, and travels like any \
        other. Where the same was written again since, nothing is undone, and you are told by whom.
        """,
      examples: ["\(scope.line) undo 3f2a 2"],
      options: [Option("--field", value: "FIELD", repeats: true, "Undo it in this field only.")],
      arguments: [scope.id, Argument("CHANGE", "The change, by its number or name.")])
  }

  static func run(_ scope: RecordScope, _ context: Context) throws -> Int32 {
    let replica = try context.openToWrite()
    let record = try scope.record(replica, context)
    let (id, word) = (record.state.record, context.invocation.arguments[1])
    let kind = Kinds.named(record.state.kind)
    let fields = try kind.map { kind in
      try context.invocation.values("--field").map { try FieldOptions.field($0, of: kind).name }
    }
    let undone = try replica.edit(id, kind: record.state.kind, at: context.now()) { draft in
      guard let record = try replica.record(id) else { throw ReplicaError.noSuchRecord(id.description) }
      let numbers = try ChangeNumbers(record, replica)
      let change = try change(word, numbers, short: try Titles(replica).short(id))
      do {
        try numbers.past.undo(change, where: { Self.isWanted($0, fields ?? []) }, in: &draft)
      } catch let error as UndoError {
        throw UndoWords(
          kind: kind, past: numbers.past, change: change, isPart: !(fields ?? []).isEmpty
        ).failure(error)
      }
      if let kind { try RecordRules.checkComplete(draft, kind: kind) }
    }
    Confirmation(replica, context).print(undone == nil ? "Unchanged (there is nothing left to undo):" : "Undone in", id)
    guard let undone, !context.wantsJSON else { return ExitCode.done }
    for line in try ChangeWords(titles: Titles(replica)).lines(undone) {
      context.output.note("  \(TerminalSafe.line(line))")
    }
    return ExitCode.done
  }

  /// The change that is meant, if it is one that stands in the record.
  private static func change(_ word: String, _ numbers: ChangeNumbers, short: String) throws -> Change {
    let history = "pioc \(numbers.past.state.kind) history \(short)"
    let shown = Phrase.quoted(word)
    guard let line = numbers.line(word) else {
      throw Failure.usage(
        "\(shown) is no change of this record that is known here.",
        "'\(history)' shows their numbers and names.")
    }
    guard let change = line.change, line.fate == .pending || line.fate == .applied else {
      throw Failure.usage(
        "Change \(shown) does not stand in the record: it was refused, or nothing is kept of it.",
        "'\(history)' shows what does.")
    }
    return change
  }

  private static func isWanted(_ path: Path, _ fields: [Text]) -> Bool {
    if fields.isEmpty { return true }
    return fields.contains { path.field == $0 || path == .position(of: $0, item: path.key ?? "") }
  }
}
