import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc event history`, and the like.
enum HistoryCommand {
  static func command(_ scope: RecordScope) -> Command {
    Command(
      "history", synonyms: ["log", "changes", "blame"],
      summary: "Show who changed \(Phrase.one(scope.noun)), when, and what it replaced.",
      discussion:
        "Newest first. What came from the hub as a whole record, without its changes, has no history here.",
      examples: ["\(scope.line) history 3f2a", "\(scope.line) history 3f2a --json"],
      arguments: [scope.id])
  }

  static func run(_ scope: RecordScope, _ context: Context) throws -> Int32 {
    let replica = try context.open()
    let record = try scope.record(replica, context)
    let lines = try replica.history(of: record)
    if context.wantsJSON {
      context.output.write(.array(try lines.map(json)))
      return ExitCode.done
    }
    let titles = Titles(replica)
    let changes = lines.compactMap(\.change)
    let words = ChangeWords(titles: titles, values: ChangeWords.values(changes))
    let overs = overs(changes)
    for line in lines {
      context.output.write(heading(line, context.output.style) + "\n")
      for text in try line.change.map({ try words.lines($0) { overs[$0]?[$1] ?? [] } }) ?? [] {
        context.output.write("  \(TerminalSafe.line(text))\n")
      }
    }
    if isCut(record.state, changes) {
      context.output.note("Earlier history is not here: the record came from the hub as a whole.")
    }
    return ExitCode.done
  }

  /// When, who, and what became of it.
  private static func heading(_ line: HistoryLine, _ style: Style) -> String {
    let time = (line.time ?? line.change?.at).map { LocalTime.text(milliseconds: $0) } ?? "at an unknown time"
    let fate =
      switch line.fate {
      case .pending, .pendingVoid: ", not sent yet"
      case .rejected:
        ", rejected" + (line.verdict.map { ": \($0.detail)" } ?? ", and given up or written again")
      case .erased: ", erased"
      case .void: ", void"
      case .applied, .duplicate, .marker: ""
      }
    return style.bold(time)
      + "  by \(line.replica.member) (\(line.replica), change \(line.n))\(TerminalSafe.line(fate))"
  }

  /// What each change replaced, by its name and path.
  private static func overs(_ changes: [Change]) -> [ChangeName: [Path: [ChangeName]]] {
    var overs: [ChangeName: [Path: [ChangeName]]] = [:]
    for change in changes {
      for operation in change.operations {
        if let path = operation.path { overs[change.name, default: [:]][path] = operation.over }
      }
    }
    return overs
  }

  /// Whether something is shown, or was replaced, whose change is not here.
  private static func isCut(_ state: RecordState, _ changes: [Change]) -> Bool {
    let known = Set(changes.map(\.name))
    let named = state.cells.map(\.name) + changes.flatMap { $0.operations.flatMap(\.over) }
    return named.contains { !known.contains($0) }
  }

  private static func json(_ line: HistoryLine) throws -> JSON {
    let fate =
      switch line.fate {
      case .pending, .pendingVoid: "pending"
      case .applied: "applied"
      case .rejected: "rejected"
      case .void: "void"
      case .erased: "erased"
      case .duplicate: "duplicate"
      case .marker: "marker"
      }
    var object: JSONObject = [
      "replica": .string(line.replica.text), "member": .string(line.replica.member.text), "n": .int(line.n),
      "seq": line.seq.map { .int($0) } ?? .null, "time": line.time.map { .int($0) } ?? .null,
      "fate": .string(Text(fate)),
    ]
    if let change = line.change { object["change"] = try JSON.parse(change.bytes) }
    if let verdict = line.verdict {
      object["rejected"] = [
        "code": .string(Text(verdict.code.rawValue)), "detail": .string(Text(verdict.detail)),
      ]
    }
    return .object(object)
  }
}
