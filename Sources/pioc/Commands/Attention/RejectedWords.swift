import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// Rejected changes in words, and as JSON.
enum RejectedWords {
  /// What the record is called here, or what it was to be called where the hub holds nothing of it.
  static func name(_ change: Change, _ titles: Titles) throws -> String {
    if try titles.title(of: change.record) == nil, let field = Kinds.named(change.kind)?.titleField {
      for case .put(Path(field), let value, _) in change.operations {
        let title = value.text ?? value["full"]?.text
        if let title { return "\(title) (\(try titles.short(change.record)))" }
      }
    }
    return try titles.name(change.record)
  }

  /// One change: what it says, why it was refused, and what to do.
  static func page(_ rejected: RejectedChange, _ titles: Titles, _ output: Output, isWhole: Bool = false) throws
    -> String
  {
    let name = TerminalSafe.line(try name(rejected.change, titles))
    var text = output.style.bold("\(rejected.pos)  \(name)")
    text += ", \(LocalTime.text(milliseconds: rejected.change.at))\n"
    let words = ChangeWords(titles: titles, isWhole: isWhole)
    for line in try words.lines(rejected.change) { text += "   \(TerminalSafe.line(line))\n" }
    let code = rejected.rejection.code
    text += "   Why: \(TerminalSafe.line(rejected.rejection.detail)) (\(code.rawValue)).\n   \(code.advice)\n"
    return text + "   To mend it: 'pioc rejected edit \(rejected.pos)'\n"
  }

  /// Writes a change again, as it was or mended, and tells what came of it.
  ///
  /// What was written to the same places since is not written over: the person is told that both stand there.
  static func writeAgain(
    _ rejected: RejectedChange, as operations: [Sync.Operation]? = nil, _ replica: LocalReplica, _ context: Context
  ) throws {
    let id = rejected.change.record
    func conflicts() throws -> Int { try replica.record(id)?.state.conflicts().count ?? 0 }
    let before = try conflicts()
    try replica.retry(rejected, as: operations, at: context.now())
    let confirmation = Confirmation(replica, context)
    confirmation.print("Written again:", id)
    guard !context.wantsJSON, let after = try? conflicts(), after > before else { return }
    context.output.note(
      "It stands beside what was written there since: 'pioc conflicts show \(confirmation.short(id))'.")
  }

  /// One change for programs.
  static func json(_ rejected: RejectedChange) throws -> JSON {
    [
      "number": .int(rejected.pos), "record": .string(rejected.change.record.text),
      "code": .string(Text(rejected.rejection.code.rawValue)),
      "detail": .string(Text(rejected.rejection.detail)),
      "advice": .string(Text(rejected.rejection.code.advice)), "at": .int(rejected.change.at),
      "change": try JSON.parse(rejected.change.bytes),
    ]
  }
}
