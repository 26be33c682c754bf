import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// `show --at`: a record as it was at some moment.
enum PastCommand {
  static func run(
    _ text: String, _ record: StoredRecord, _ kind: Kind, _ replica: LocalReplica, _ context: Context
  ) throws -> Int32 {
    let days = DaySpan(typed: text, today: Days(now: context.now()).today)
    guard let moment = LocalTime.milliseconds(text) ?? days?.lastText.flatMap({ LocalTime.milliseconds($0) }) else {
      let why = DaySpan.fault(typed: text).map { "--at: \(TerminalSafe.line($0))." }
      throw Failure.usage(
        why ?? "\(Phrase.quoted(text)) is no moment.",
        "Write a day, as in 2026-03-01 or yesterday, or '2026-03-01 14:30'.")
    }
    if record.state.isErased {
      throw Failure.failed(
        "This \(kind.label) was erased for good, with its past.", "Nothing can bring it back; make a new record.")
    }
    let numbers = try ChangeNumbers(record, replica)
    let (state, unknown) = numbers.past.state(at: moment)
    let shown = LocalTime.text(milliseconds: moment)
    if state.isEmpty {
      let first = numbers.past.steps.first.map { LocalTime.text(milliseconds: $0.time) }
      let begin = first.map { "What is known here begins on \($0)." } ?? "Nothing of its past is known here."
      throw Failure.failed(
        numbers.past.isCut
          ? "What this \(kind.label) was on \(shown) is not known here: it came from the hub as a whole."
          : "This \(kind.label) was not there yet on \(shown).", begin)
    }
    if context.wantsJSON {
      var document = RecordDocument.json(state)
      document["@at"] = .int(moment)
      document["@unknown"] = .array(unknown.map(\.json))
      context.output.write(.object(document))
      return ExitCode.done
    }
    var past = record
    past.state = state
    var page = RecordPage(past, kind, replica, context.output)
    page.isPast = true
    context.output.write(try page.text())
    tell(numbers, moment, unknown, kind, context)
    return ExitCode.done
  }

  /// What moment this was, and what is not known of it.
  private static func tell(
    _ numbers: ChangeNumbers, _ moment: Int64, _ unknown: [Path], _ kind: Kind, _ context: Context
  ) {
    let shown = LocalTime.text(milliseconds: moment)
    context.output.note(
      moment > context.now()
        ? "\(shown) is still to come: this is how it is now." : "This is how it was on \(shown).")
    if !unknown.isEmpty {
      var labels: [String] = []
      for path in unknown where !path.isPosition {
        let label = path == .life ? "whether it was deleted" : kind.field(path.field)?.label ?? path.field.string
        if !labels.contains(label) { labels.append(label) }
      }
      if !labels.isEmpty {
        context.output.note("Not known here, as it came from the hub as a whole: \(Phrase.list(labels)).")
      }
    }
    if numbers.lines.contains(where: { $0.fate == .pending && ($0.change?.at ?? 0) <= moment }) {
      context.output.note("Changes that were not sent yet count from when this machine's clock says they were made.")
    }
    if numbers.lines.contains(where: { $0.change == nil && ($0.time ?? 0) <= moment }) {
      context.output.note("Of some changes nothing but their number is kept; what they wrote is not shown.")
    }
  }
}
