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
        """
        Newest first, each change with its number and its name; 'undo' takes either. What came from the hub as \
        a whole record, without its changes, has no history here.
        """,
      examples: ["\(scope.line) history 3f2a", "\(scope.line) history 3f2a --json"],
      arguments: [scope.id])
  }

  static func run(_ scope: RecordScope, _ context: Context) throws -> Int32 {
    let replica = try context.open()
    let record = try scope.record(replica, context)
    let numbers = try ChangeNumbers(record, replica)
    let lines = numbers.lines
    if context.wantsJSON {
      context.output.write(
        .array(try lines.enumerated().map { try json($1, number: numbers.number($0), numbers.past) }))
      return ExitCode.done
    }
    let titles = Titles(replica)
    let changes = lines.compactMap(\.change)
    let words = ChangeWords(titles: titles, values: ChangeWords.values(changes))
    let overs = overs(changes)
    let column = String(numbers.number(0)).count
    for (index, line) in lines.enumerated() {
      let number = DisplayWidth.pad("\(numbers.number(index))", to: column)
      context.output.write(prose: "\(number)  \(heading(line, context.output.style))\n")
      for text in try line.change.map({ try words.lines($0) { overs[$0]?[$1] ?? [] } }) ?? [] {
        context.output.write(prose: String(repeating: " ", count: column + 2) + TerminalSafe.line(text) + "\n")
      }
    }
    if numbers.past.isCut {
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
      + "  by \(line.replica.member) (\(ChangeNumbers.name(line)))\(TerminalSafe.line(fate))"
  }

  /// What was gone already when each change named it, by its name and path: what it had replaced or removed itself.
  private static func overs(_ changes: [Change]) -> [ChangeName: [Path: [ChangeName]]] {
    var overs: [ChangeName: [Path: [ChangeName]]] = [:]
    for change in changes {
      for operation in change.operations {
        guard let path = operation.path else { continue }
        let isDrop = if case .drop = operation { true } else { false }
        overs[change.name, default: [:]][path] = operation.over + (isDrop ? [change.name] : [])
      }
    }
    return overs
  }

  private static func json(_ line: HistoryLine, number: Int, _ past: RecordPast) throws -> JSON {
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
      "number": .int(Int64(number)), "name": .string(Text(ChangeNumbers.name(line))),
      "replica": .string(line.replica.text), "member": .string(line.replica.member.text), "n": .int(line.n),
      "seq": line.seq.map { .int($0) } ?? .null, "time": line.time.map { .int($0) } ?? .null,
      "fate": .string(Text(fate)),
    ]
    if let change = line.change {
      object["change"] = try JSON.parse(change.bytes)
      object["replaced"] = .array(replaced(by: change, past))
    }
    if let verdict = line.verdict {
      object["rejected"] = [
        "code": .string(Text(verdict.code.rawValue)), "detail": .string(Text(verdict.detail)),
      ]
    }
    return .object(object)
  }

  /// What stood before in each place that a change wrote; `null` where that is not known here.
  private static func replaced(by change: Change, _ past: RecordPast) -> [JSON] {
    change.operations.compactMap(\.path).filter { $0 != .life && !$0.isPosition }.map { path in
      let was: JSON =
        switch past.former(of: change, at: path) {
        case .nothing: []
        case .values(let values): .array(values)
        case .unknown: .null
        }
      return ["at": path.json, "was": was]
    }
  }
}
