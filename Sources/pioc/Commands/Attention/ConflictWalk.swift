import Foundation
import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// Goes through the conflicts with a person at a terminal, those first that have waited longest.
///
/// Each answer is written at once, so it may be left at any moment.
struct ConflictWalk {
  private let replica: LocalReplica
  private let context: Context
  private let only: RecordID?
  private var output: Output { context.output }

  init(_ replica: LocalReplica, _ context: Context, only: RecordID? = nil) {
    self.replica = replica
    self.context = context
    self.only = only
  }

  private enum Answer {
    case settled
    case skipped
    case stopped
    /// Somebody wrote there while it was asked.
    case changed
  }

  func run() throws -> Int32 {
    let open = try places()
    if open.isEmpty { output.note("No conflicts.") }
    var settled = 0
    walk: for (index, place) in open.enumerated() {
      switch try ask(place, "\(index + 1) of \(open.count)") {
      case .settled: settled += 1
      case .skipped, .changed: continue
      case .stopped: break walk
      }
    }
    let left = try places().count
    if !open.isEmpty {
      output.note("\(Phrase.count(settled, "conflict")) settled, \(left == 0 ? "none" : "\(left)") left.")
    }
    if settled > 0 { output.note("Next: 'pioc sync' settles \(settled == 1 ? "it" : "them") for everyone.") }
    return left > 0 ? ExitCode.needsYou : ExitCode.done
  }

  private func places() throws -> [(id: RecordID, path: Path)] {
    let records = try replica.inConflict().compactMap { try replica.record($0.id) }
    let rows = records.filter { only == nil || $0.state.record == only }.flatMap { record in
      record.state.conflicts().map { (record.state.record, $0) }
    }
    return rows.sorted { ConflictWords.since($0.1) < ConflictWords.since($1.1) }.map { ($0.0, $0.1.path) }
  }

  private func show(_ conflict: Conflict, _ record: StoredRecord, _ count: String) throws {
    let kind = Kinds.named(record.state.kind)
    output.write("\n\(output.style.dim("(\(count))")) \(ConflictCommand.heading(record.state, kind, output.style))")
    let page = ConflictPage(record.state, kind, Titles(replica), output, now: context.now())
    output.write(prose: try page.values(conflict))
  }

  /// Shows what stands at a place and asks; shows it again where somebody wrote there meanwhile.
  private func ask(_ place: (id: RecordID, path: Path), _ count: String) throws -> Answer {
    while let record = try replica.record(place.id),
      let conflict = record.state.conflicts().first(where: { $0.path == place.path })
    {
      try show(conflict, record, count)
      let answer = try ask(conflict, record)
      if answer != .changed { return answer }
      output.note("Somebody wrote there meanwhile, and nothing was written now.")
    }
    output.note("This one was settled meanwhile.")
    return .skipped
  }

  /// Asks until something was settled, or it is left.
  private func ask(_ conflict: Conflict, _ record: StoredRecord) throws -> Answer {
    while true {
      guard let line = output.ask(question(conflict, record)) else { return .stopped }
      let answer = line.trimmingCharacters(in: .whitespaces).lowercased()
      switch answer {
      case "s", "": return .skipped
      case "q": return .stopped
      default: break
      }
      // What was typed in the editor stays until it is written.
      var file: EditFile?
      do {
        guard let how = try resolution(answer, conflict, record, &file) else { continue }
        try replica.resolve(conflict, of: record, how, at: context.now())
        file?.remove()
        output.write(prose: "Settled \(ConflictWords.place(conflict, Kinds.named(record.state.kind))).\n")
        return .settled
      } catch {
        if let stands = try? stands(conflict, in: record.state.record), !stands {
          if let file { output.note("What you typed is kept in \(file.path).") }
          return .changed
        }
        let failure = Failure(explaining: error)
        let kept = file.map { "\nWhat you typed is kept in \($0.path)." } ?? ""
        output.note("\(failure.message)\n\(failure.advice)\(kept)")
      }
    }
  }

  /// Whether a conflict is as it was shown.
  private func stands(_ conflict: Conflict, in id: RecordID) throws -> Bool {
    try replica.record(id)?.state.conflicts().contains(conflict) ?? false
  }

  private func question(_ conflict: Conflict, _ record: StoredRecord) -> String {
    switch conflict {
    case .values(_, let cells):
      let numbers = (1...cells.count).map(String.init).joined(separator: "/")
      let merge = MergeProposal.isPossible(conflict, Kinds.named(record.state.kind)) ? "m merge, " : ""
      return "Take \(numbers), \(merge)v write another, s leave it for later, q stop:"
    case .life: return "k keep it, d delete it, s leave it for later, q stop:"
    }
  }

  /// What the answer means; `nil` where it leads nowhere and is asked again.
  private func resolution(
    _ answer: String, _ conflict: Conflict, _ record: StoredRecord, _ file: inout EditFile?
  ) throws -> Resolution? {
    switch (conflict, answer) {
    case (.values(_, let cells), _) where ResolveChoice.number(answer).map((1...cells.count).contains) ?? false:
      return ResolveChoice.number(answer).map { .take($0) }
    case (.values, "m"): return try merged(conflict, record)
    case (.values(_, let cells), "v"): return try typed(conflict, cells, Kinds.named(record.state.kind), &file)
    case (.life, "k"): return .keep
    case (.life, "d"): return .delete
    default:
      output.note("'\(DisplayWidth.clip(TerminalSafe.line(answer), to: 20))' is none of these.")
      return nil
    }
  }

  /// A value that is typed: on a line, or in the editor where the field has several.
  ///
  /// - Parameter kept: the editor's file, if something was typed in it.
  private func typed(
    _ conflict: Conflict, _ cells: [Cell], _ kind: Kind?, _ kept: inout EditFile?
  ) throws -> Resolution? {
    guard case .lines? = kind?.field(conflict.path.field)?.type, let shown = cells.first?.value.text else {
      guard let text = output.ask("Value:"), !text.isEmpty else { return nil }
      return .value(try ResolveChoice.value(text, for: conflict, kind, replica))
    }
    let file = try EditFile(in: context.folder, name: "value")
    try file.write(shown.bytes + [0x0A])
    let ending = try Editor(environment: context.environment).edit(file.path)
    let text = file.read().map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .newlines) }
    guard let text, !text.isEmpty, text != shown.string else {
      file.remove()
      if ending == .well, let text {
        output.note("The text is \(text.isEmpty ? "empty" : "as it was"); nothing was written.")
        return nil
      }
      throw EditSession.failure(ending, kept: nil)
    }
    kept = file
    guard ending == .well else { throw Failure.failed(EditSession.sentence(ending), "Nothing was written.") }
    return .value(try ResolveChoice.value(text, for: conflict, kind, replica))
  }

  private func merged(_ conflict: Conflict, _ record: StoredRecord) throws -> Resolution? {
    switch try MergeProposal(conflict, record, replica) {
    case .none(let why, _):
      output.note("\(why)\nTake one of the values, or write another.")
      return nil
    case .value(let value, let difference):
      output.write(ResolveChoice.describe(value, difference, output))
      let answer = output.ask("Write this? [y/N]") ?? ""
      return ResolveChoice.isYes(answer) ? .value(value) : nil
    }
  }
}
