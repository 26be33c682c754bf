import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// Shows lines of records: a table for a person, documents for a program.
struct Listing {
  private let replica: LocalReplica
  private let context: Context
  private let titles: Titles

  init(_ replica: LocalReplica, _ context: Context) {
    self.replica = replica
    self.context = context
    titles = Titles(replica)
  }

  /// Shows records, with a heading for what stands beside the title, or the kind as well where there is none.
  func show(_ lines: [RecordLine], subtitle: String? = nil) throws {
    if context.wantsJSON { return context.output.write(.array(try lines.map(json))) }
    var columns: [Table.Column] = [
      .init("ID"), .init(context.output.style.isTerminal ? "" : "MARKS", minimum: 1),
    ]
    if subtitle == nil { columns.append(.init("KIND")) }
    columns += [.init(subtitle ?? "WHEN OR WHO", weight: 2), .init("TITLE", weight: 3)]
    var table = Table(columns: columns)
    for line in lines {
      let marks = (line.conflicts > 0 ? "!" : "") + (line.hasPending ? "*" : "")
      // A record that cannot be read any more must not hide the others.
      let beside = try? replica.record(line.id).map { RecordSummary.of($0.state).subtitle }
      // What a program keeps must stay clear when records come that begin alike.
      let id = context.output.style.isTerminal ? try titles.short(line.id) : line.id.description
      let title = line.title.isEmpty ? "(no title)" : line.title
      table.add([id, marks] + (subtitle == nil ? [kind(line)] : []) + [beside ?? "", title])
    }
    context.output.write(table)
    var legend: [String] = []
    if lines.contains(where: { $0.conflicts > 0 }) { legend.append("! in conflict: 'pioc conflicts'") }
    if lines.contains(where: \.hasPending) { legend.append("* not sent yet: 'pioc sync'") }
    if !legend.isEmpty { context.output.note(legend.joined(separator: "   ")) }
  }

  private func kind(_ line: RecordLine) -> String { Kinds.named(line.kind)?.label ?? line.kind.string }

  private func json(_ line: RecordLine) throws -> JSON {
    var document =
      try replica.record(line.id).map { RecordDocument.json($0.state) } ?? ["id": .string(line.id.text)]
    document["@conflicts"] = .int(line.conflicts)
    document["@pending"] = .bool(line.hasPending)
    return .object(document)
  }
}
