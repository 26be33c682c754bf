import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// Tells what came of an edit: a line for a person, the document for a program.
struct Confirmation {
  private let replica: LocalReplica
  private let context: Context
  private let titles: Titles

  init(_ replica: LocalReplica, _ context: Context) {
    self.replica = replica
    self.context = context
    titles = Titles(replica)
  }

  /// Prints what was done to a record ("Added"), and beside the data what can be done next.
  func print(_ verb: String, _ id: RecordID, next: String? = nil) throws {
    guard let record = try replica.record(id), !record.state.isEmpty else {
      return context.output.write("\(verb) \(id), which is not here any more\n")
    }
    if context.wantsJSON { return context.output.write(.object(RecordDocument.json(record.state))) }
    let kind = Kinds.named(record.state.kind)?.label ?? record.state.kind.string
    let title = TerminalSafe.line(RecordSummary.of(record.state).title)
    context.output.write("\(verb) \(kind) \(try titles.short(id))  \(title)\n")
    if let next { context.output.note(next) }
  }

  /// The short form of an id.
  func short(_ id: RecordID) throws -> String { try titles.short(id) }
}
