import Records
import Replica
import Store
import Sync
import Terminal

/// `pioc event rm` and `pioc event restore`, and the like.
enum RemoveCommand {
  static func remove(_ scope: RecordScope) -> Command {
    Command(
      "rm", aliases: ["delete"], synonyms: ["remove", "del", "erase", "trash"],
      summary: "Delete \(Phrase.one(scope.noun)); 'restore' brings it back.",
      discussion:
        "If somebody edits it before they hear of this, it stays, and both are shown as a conflict.",
      examples: ["\(scope.line) rm 3f2a"], arguments: [scope.id])
  }

  static func restore(_ scope: RecordScope) -> Command {
    Command(
      "restore", synonyms: ["undelete", "recover"],
      summary: "Bring back \(Phrase.one(scope.noun)) that was deleted, with all that it held.",
      examples: ["\(scope.line) list --deleted", "\(scope.line) restore 3f2a"],
      arguments: [scope.id])
  }

  static func runRemove(_ scope: RecordScope, _ context: Context) throws -> Int32 {
    try run(scope, context, isRestore: false)
  }

  static func runRestore(_ scope: RecordScope, _ context: Context) throws -> Int32 {
    try run(scope, context, isRestore: true)
  }

  private static func run(_ scope: RecordScope, _ context: Context, isRestore: Bool) throws -> Int32 {
    let replica = try context.openToWrite()
    let state = try scope.record(replica, context, isDeleted: isRestore).state
    let id = state.record
    let change = try replica.edit(id, kind: state.kind, at: context.now()) { draft in
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
      let next = "'\(scope.line) restore \(confirmation.short(id))' brings it back."
      confirmation.print(
        change == nil ? "Deleted already:" : "Deleted", id, next: context.wantsJSON ? nil : next)
    }
    return ExitCode.done
  }
}
