import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// Tells what came of an edit: a line for a person, the document for a program.
///
/// The edit is saved by now. Whatever goes wrong while the record is read again to be shown (another program may hold the
/// file), it must not be told as not done: whoever tried again would do it twice.
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
  func print(_ verb: String, _ id: RecordID, next: String? = nil) {
    do {
      try show(verb, id)
      if let next { context.output.note(next) }
    } catch {
      if context.wantsJSON {
        context.output.write(.object(["id": .string(id.text)]))
      } else {
        context.output.write(prose: "\(verb) \(id)\n")
      }
      context.output.note("It is saved, but could not be read again just now to be shown.")
    }
  }

  /// So many digits of an id that what is noted down from here stays clear: ids begin with the time, and those of the
  /// next record begin alike up to the digit that stands for some seconds.
  private static let digits = 9

  private func show(_ verb: String, _ id: RecordID) throws {
    guard let record = try replica.record(id), !record.state.isEmpty else {
      return context.output.write(prose: "\(verb) \(id), which is not here any more\n")
    }
    if context.wantsJSON { return context.output.write(.object(RecordDocument.json(record.state))) }
    let kind = Kinds.named(record.state.kind)?.label ?? record.state.kind.string
    let title = TerminalSafe.line(RecordSummary.title(of: record.state))
    context.output.write(prose: "\(verb) \(kind) \(try titles.short(id, least: Self.digits))  \(title)\n")
  }

  /// The short form of an id, or all of it where the others cannot be looked at.
  func short(_ id: RecordID) -> String { (try? titles.short(id)) ?? id.description }
}
