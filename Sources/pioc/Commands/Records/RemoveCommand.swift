import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc event rm` and `pioc event restore`, and the like.
enum RemoveCommand {
  static func remove(_ kind: Kind) -> Command {
    Command(
      "rm", aliases: ["delete"], summary: "Delete \(Phrase.one(kind.label)); 'restore' brings it back.",
      discussion:
        "If somebody edits it before they hear of this, it stays, and both are shown as a conflict.",
      examples: ["pioc \(kind.name) rm 3f2a"], arguments: [RecordCommand.id(kind)])
  }

  static func restore(_ kind: Kind) -> Command {
    Command(
      "restore", summary: "Bring back \(Phrase.one(kind.label)) that was deleted, with all that it held.",
      examples: ["pioc \(kind.name) list --deleted", "pioc \(kind.name) restore 3f2a"],
      arguments: [RecordCommand.id(kind)])
  }

  static func run(_ kind: Kind, _ context: Context, isRestore: Bool) throws -> Int32 {
    let replica = try context.open()
    let id = try Lookup(replica: replica).record(context.invocation.arguments[0], kind: kind).state.record
    let change = try replica.edit(id, kind: kind.name, at: context.now()) { draft in
      let isContested = draft.state.conflicts().contains { $0.path == .life }
      if isRestore {
        if draft.state.isDeleted || isContested { draft.restore() }
      } else if !draft.state.isDeleted {
        draft.delete()
      }
    }
    let confirmation = Confirmation(replica, context)
    if isRestore {
      confirmation.print(change == nil ? "Not deleted:" : "Restored", id)
    } else {
      let next = "'pioc \(kind.name) restore \(confirmation.short(id))' brings it back."
      confirmation.print(
        change == nil ? "Deleted already:" : "Deleted", id, next: context.wantsJSON ? nil : next)
    }
    return ExitCode.done
  }
}
