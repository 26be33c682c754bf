import JSON
import Records
import Terminal

/// A verb on records: defined once, it serves the three kinds, and the top level where an id says what is meant.
///
/// To add a verb, write an enum beside this file with `static func command(_ scope: RecordScope) -> Command` and
/// `static func run(_ scope: RecordScope, _ context: Context) throws -> Int32`, and a line in ``all``. Its words for the
/// record come from the scope (`scope.noun`, `scope.line`), the record itself from `scope.record(replica, context)`,
/// and the kind of what was found from `scope.kind(of:)`: at the top there is none before the record is there.
struct RecordVerb: Sendable {
  let command: @Sendable (RecordScope) -> Command
  let run: @Sendable (RecordScope, Context) throws -> Int32
  /// Whether it also stands at the top level; what makes a record needs its kind first.
  var isAtTop = true

  /// All verbs, in the order in which the help shows them.
  static let all: [RecordVerb] = [
    RecordVerb(command: AddCommand.command, run: AddCommand.run, isAtTop: false),
    RecordVerb(command: ListCommand.command, run: ListCommand.run),
    RecordVerb(command: ShowCommand.command, run: ShowCommand.run),
    RecordVerb(command: SetCommand.command, run: SetCommand.run),
    RecordVerb(command: EditCommand.command, run: EditCommand.run),
    RecordVerb(command: RemoveCommand.remove, run: RemoveCommand.runRemove),
    RecordVerb(command: RemoveCommand.restore, run: RemoveCommand.runRestore),
    RecordVerb(command: HistoryCommand.command, run: HistoryCommand.run),
    RecordVerb(command: UndoCommand.command, run: UndoCommand.run),
  ]

  /// The group of a kind, with all verbs.
  static func group(_ kind: Kind) -> Command {
    let scope = RecordScope(kind: kind)
    return Command(
      kind.name.string, summary: "Add, list, show and change \(kind.plural).",
      examples: ["pioc \(kind.name) list", "pioc \(kind.name) show 3f2a", "pioc \(kind.name) add --help"],
      subcommands: all.map { $0.command(scope) })
  }

  /// The verbs at the top level.
  static var top: [Command] { all.filter(\.isAtTop).map { $0.command(.top) } }

  /// Runs what a path names; `nil` if it names no verb on records.
  static func run(_ path: [String], _ context: Context) throws -> Int32? {
    let kind = Kinds.all.first { $0.name.string == path.first }
    let scope = RecordScope(kind: kind)
    let verb = kind == nil ? path.first : path.dropFirst().first
    guard let found = all.first(where: { $0.command(scope).name == verb }), kind != nil || found.isAtTop else {
      return nil
    }
    return try found.run(scope, context)
  }
}
