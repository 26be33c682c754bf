import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc edit`: a record as a text in the person's own editor.
enum EditCommand {
  static func command(_ scope: RecordScope) -> Command {
    Command(
      "edit", synonyms: ["vi"], summary: "Change \(Phrase.one(scope.noun)) as a text in your editor.",
      discussion: """
        VISUAL or EDITOR names the editor. Only what you change is written, and only over what you were shown: where \
        somebody else wrote the same meanwhile, both are kept as a conflict. To change nothing, leave the text as it \
        is. On a mistake the text comes back with the reason in it; without a terminal it is kept in a file.
        """,
      examples: ["\(scope.line) edit 3f2a"], arguments: [scope.id])
  }

  static func run(_ scope: RecordScope, _ context: Context) throws -> Int32 {
    let replica = try context.openToWrite()
    let record = try scope.record(replica, context)
    let (state, id) = (record.state, record.state.record)
    let kind = try scope.kind(of: state)
    if state.isErased { throw ReplicaError.erased(id) }
    if state.isDeleted {
      throw Failure.failed(
        "This \(kind.label) is deleted.", "Bring it back first: 'pioc \(kind.name) restore \(id)'.")
    }
    let seen = try replica.seen(record)
    let session = EditSession(
      form: RecordForm(state, kind: kind), seen: seen, replica: replica, context: context)
    let file = try EditFile(in: context.folder, name: "\(kind.name)-\(id)")
    let draft = try session.run(file, heading: heading(kind, id))
    let change: Change?
    do {
      change = try replica.write(draft, at: context.now())
    } catch {
      let failure = Failure(explaining: error)
      throw Failure(
        message: failure.message, advice: "\(failure.advice)\nWhat you typed is kept in \(file.path).",
        exitCode: failure.exitCode)
    }
    file.remove()
    return try tell(change, seen, replica, context)
  }

  private static func heading(_ kind: Kind, _ id: RecordID) -> [String] {
    [
      "\(Phrase.one(kind.label)), \(id)",
      "Change what you like, save, and leave the editor. Lines that begin with '#' are not read.",
      "Where there may be several values, each has a line of its own: add lines, or take some out.",
      "A text of several lines stands between '<<<' and '>>>'. To change nothing, leave all as it is.",
    ]
  }

  /// What came of it; what others wrote meanwhile is told at once.
  private static func tell(
    _ change: Change?, _ seen: SeenRecord, _ replica: LocalReplica, _ context: Context
  ) throws -> Int32 {
    let id = seen.state.record
    Confirmation(replica, context).print(change == nil ? "Unchanged:" : "Changed", id)
    guard let change else { return ExitCode.done }
    let titles = Titles(replica)
    if !context.wantsJSON {
      var values: ChangeWords.Values = [:]
      for cell in seen.state.cells { values[cell.name, default: [:]][cell.path] = cell.value }
      for line in try ChangeWords(titles: titles, values: values).lines(change) {
        context.output.note("  \(TerminalSafe.line(line))")
      }
    }
    let before = Set(seen.state.conflicts().map(\.path))
    let conflicts = (try? replica.record(id)?.state.conflicts()) ?? []
    let new = conflicts.filter { $0.names.contains(change.name) && !before.contains($0.path) }
    guard !new.isEmpty else { return ExitCode.done }
    let kind = Kinds.named(seen.state.kind)
    let places = new.map { ConflictWords.place($0, kind) }
    context.output.note(
      "While you were editing, \(Phrase.list(places)) was changed as well. Both are kept as a conflict: "
        + "'pioc conflicts show \(try titles.short(id))'.")
    return ExitCode.needsYou
  }
}
