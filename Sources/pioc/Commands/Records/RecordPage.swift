import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// One record as a page for a person.
struct RecordPage {
  private let record: StoredRecord
  private let kind: Kind
  private let replica: LocalReplica
  private let output: Output
  private let titles: Titles
  /// Whether it shows what was, so that what others say of the record now is left out.
  var isPast = false

  init(_ record: StoredRecord, _ kind: Kind, _ replica: LocalReplica, _ output: Output) {
    self.record = record
    self.kind = kind
    self.replica = replica
    self.output = output
    titles = Titles(replica)
  }

  func text() throws -> String {
    var entries = try kind.fields.map { ($0.label, try FieldLines.lines(of: $0, in: record.state, titles)) }
    entries += unknownFields()
    if !isPast { entries.append(("Referred to by", try references())) }
    let shown = entries.filter { !$0.1.isEmpty }
    let column = min(24, (shown.map { DisplayWidth.of($0.0) }.max() ?? 0) + 2)
    var text = try heading() + "\n"
    for (label, lines) in shown { text += entry(label, lines, column: column) }
    let conflicts = record.state.conflicts()
    if !conflicts.isEmpty {
      text += "\n" + (try ConflictPage(record.state, kind, titles, output).text())
    }
    return text
  }

  private func heading() throws -> String {
    let state = record.state
    var notes: [String] = []
    if state.isErased { notes.append("erased for good") }
    if state.isDeleted { notes.append(isPast ? "deleted" : "deleted: 'pioc \(kind.name) restore' brings it back") }
    if try !isPast && replica.hasPending(record) { notes.append("changes not sent yet") }
    let title = TerminalSafe.line(RecordSummary.title(of: state))
    let note = notes.isEmpty ? "" : "  (\(notes.joined(separator: "; ")))"
    let first = output.style.bold(title.isEmpty ? "(no title)" : title)
    return first + "\n" + output.style.dim("\(kind.label) \(state.record)\(note)") + "\n"
  }

  /// Fields that only a newer version knows, as they are.
  private func unknownFields() -> [(String, [String])] {
    let document = RecordDocument.json(record.state)
    let notes: Set<Text> = ["id", "record", "deleted", "erased"]
    return document.filter { kind.field($0.key) == nil && !notes.contains($0.key) }.map {
      ($0.key.string, [$0.value.text?.string ?? $0.value.description])
    }
  }

  /// The records that point here, each with the field that does.
  private func references() throws -> [String] {
    try replica.references(to: record.state.record).map { field, line in
      let label = Kinds.named(line.kind)?.field(field)?.label ?? field.string
      return "\(line.title) (\(try titles.short(line.id))), \(label.lowercased())"
    }
  }

  /// The lines of a value; those of a numbered one stand behind its number.
  private static func wrapped(_ text: String, width: Int) -> [String] {
    let number = text.prefix { $0.isNumber }
    guard !number.isEmpty, text.dropFirst(number.count).hasPrefix(". ") else {
      return TextWrap.lines(text, width: width)
    }
    let head = "\(number). "
    let lines = TextWrap.lines(String(text.dropFirst(head.count)), width: max(20, width - head.count))
    let margin = String(repeating: " ", count: head.count)
    return lines.enumerated().map { ($0 == 0 ? head : margin) + $1 }
  }

  /// A label and its values; further lines are indented as far as the first.
  private func entry(_ label: String, _ lines: [String], column: Int) -> String {
    let margin = String(repeating: " ", count: column)
    let room = max(20, (output.width ?? 100_000) - column)
    let wrapped = lines.flatMap { Self.wrapped(TerminalSafe.text($0), width: room) }
    var text = output.style.bold(DisplayWidth.pad(TerminalSafe.line(label), to: column))
    for (index, line) in wrapped.enumerated() { text += (index == 0 ? "" : margin) + line + "\n" }
    return text
  }
}
