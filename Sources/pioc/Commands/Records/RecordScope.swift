import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// Where a verb on records stands: below a kind (`pioc event show`), or at the top, where an id says what it is
/// (`pioc show`).
struct RecordScope {
  /// The kind; `nil` at the top.
  let kind: Kind?

  /// At the top.
  static let top = RecordScope(kind: nil)

  /// What one is called: "event", or "record".
  var noun: String { kind?.label ?? "record" }

  /// What several are called: "events", or "records".
  var plural: String { kind?.plural ?? "records" }

  /// The words before the verb: "pioc event", or "pioc".
  var line: String { kind.map { "pioc \($0.name)" } ?? "pioc" }

  /// The word that says which record is meant.
  var id: Argument {
    Argument(
      "ID", "The \(noun)'s id or as much of its beginning as is clear, or its title, in quotes.")
  }

  /// The record that the first word after the verb means.
  func record(_ replica: LocalReplica, _ context: Context, isDeleted: Bool = false) throws -> StoredRecord {
    try Lookup(replica: replica).record(context.invocation.arguments[0], kind: kind, prefersDeleted: isDeleted)
  }

  /// The kind of a record that was found; one of a newer version can be shown and synced, but not be written here.
  func kind(of state: RecordState) throws -> Kind {
    if let kind = Kinds.named(state.kind) { return kind }
    throw Failure.failed(
      "This version of pioc does not know the kind '\(TerminalSafe.line(state.kind.string))'.",
      "A newer one wrote the record; install that. 'pioc show ID --json' shows it as it is.")
  }
}
