import JSON
import Records
import Terminal

/// `pioc event`, `pioc contact` and `pioc publication`: the same verbs for each kind, with the options of
/// its fields.
enum RecordCommand {
  /// The verbs of one kind.
  static func group(_ kind: Kind) -> Command {
    Command(
      kind.name.string, summary: "Add, list, show and change \(kind.plural).",
      examples: ["pioc \(kind.name) list", "pioc \(kind.name) show 3f2a", "pioc \(kind.name) add --help"],
      subcommands: [
        AddCommand.command(kind), ListCommand.command(kind), ShowCommand.command(kind),
        SetCommand.command(kind), EditCommand.command(kind),
        RemoveCommand.remove(kind), RemoveCommand.restore(kind), HistoryCommand.command(kind),
        UndoCommand.command(kind),
      ])
  }

  /// Runs one of the verbs.
  static func run(_ kind: Kind, verb: String, _ context: Context) throws -> Int32 {
    switch verb {
    case "add": try AddCommand.run(kind, context)
    case "list": try ListCommand.run(kind, context)
    case "show": try ShowCommand.run(kind, context)
    case "set": try SetCommand.run(kind, context)
    case "edit": try EditCommand.run(kind, context)
    case "rm": try RemoveCommand.run(kind, context, isRestore: false)
    case "restore": try RemoveCommand.run(kind, context, isRestore: true)
    case "undo": try UndoCommand.run(kind, context)
    default: try HistoryCommand.run(kind, context)
    }
  }

  /// The word that says which record is meant.
  static func id(_ kind: Kind) -> Argument {
    Argument("ID", "The \(kind.label)'s id, or as much of its beginning as is clear.")
  }
}
