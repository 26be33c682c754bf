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
  }

  func run() throws -> Int32 {
    let open = try places()
    if open.isEmpty { output.note("No conflicts.") }
    var settled = 0
    walk: for (index, place) in open.enumerated() {
      guard let record = try replica.record(place.id),
        let conflict = record.state.conflicts().first(where: { $0.path == place.path })
      else {
        output.note("One was settled meanwhile.")
        continue
      }
      try show(conflict, record, "\(index + 1) of \(open.count)")
      switch try ask(conflict, record) {
      case .settled: settled += 1
      case .skipped: continue
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

  /// Asks until something was settled, or it is left.
  private func ask(_ conflict: Conflict, _ record: StoredRecord) throws -> Answer {
    while true {
      guard let line = Terminal.readLine(prompt: question(conflict, record)) else { return .stopped }
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
        let failure = Failure(explaining: error)
        let kept = file.map { "\nWhat you typed is kept in \($0.path)." } ?? ""
        output.note("\(failure.message)\n\(failure.advice)\(kept)")
      }
    }
  }

  private func question(_ conflict: Conflict, _ record: StoredRecord) -> String {
    switch conflict {
    case .values(_, let cells):
      let numbers = (1...cells.count).map(String.init).joined(separator: "/")
      let merge = MergeProposal.isPossible(conflict, Kinds.named(record.state.kind)) ? "m merge, " : ""
      return "Take \(numbers), \(merge)v write another, s leave it for later, q stop: "
    case .life: return "k keep it, d delete it, s leave it for later, q stop: "
    }
  }

  /// What the answer means; `nil` where it leads nowhere and is asked again.
  private func resolution(
    _ answer: String, _ conflict: Conflict, _ record: StoredRecord, _ file: inout EditFile?
  ) throws -> Resolution? {
    switch (conflict, answer) {
    case (.values(_, let cells), _) where Int(answer).map({ (1...cells.count).contains($0) }) ?? false:
      return .take(Int(answer) ?? 0)
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
      guard let text = Terminal.readLine(prompt: "Value: "), !text.isEmpty else { return nil }
      return .value(try ResolveChoice.value(text, for: conflict, kind, replica))
    }
    let file = try EditFile(in: context.folder, name: "value")
    try file.write(shown.bytes + [0x0A])
    let ending = try Editor(environment: context.environment).edit(file.path)
    let text = file.read().map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .newlines) } ?? ""
    guard !text.isEmpty, text != shown.string else {
      file.remove()
      return nil
    }
    kept = file
    guard ending == .well else {
      throw Failure.failed("The editor did not end well.", "Nothing was written.")
    }
    return .value(try ResolveChoice.value(text, for: conflict, kind, replica))
  }

  private func merged(_ conflict: Conflict, _ record: StoredRecord) throws -> Resolution? {
    switch try MergeProposal(conflict, record, replica) {
    case .none(let why, _):
      output.note("\(why)\nTake one of the values, or write another.")
      return nil
    case .value(let value, let difference):
      output.write(ResolveChoice.describe(value, difference, output))
      let answer = Terminal.readLine(prompt: "Write this? [y/N] ") ?? ""
      return ResolveChoice.isYes(answer) ? .value(value) : nil
    }
  }
}
