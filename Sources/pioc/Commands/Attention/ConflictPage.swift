import JSON
import Records
import Sync
import Terminal

/// The open conflicts of a record: every value, who wrote it and when, and the words that settle it.
struct ConflictPage {
  private let state: RecordState
  private let kind: Kind?
  private let titles: Titles
  private let output: Output

  init(_ state: RecordState, _ kind: Kind?, _ titles: Titles, _ output: Output) {
    self.state = state
    self.kind = kind
    self.titles = titles
    self.output = output
  }

  func text() throws -> String {
    let conflicts = state.conflicts()
    return try conflicts.map { try text($0, among: conflicts) }.joined(separator: "\n")
  }

  /// Where a conflict is, for a person.
  static func place(_ conflict: Conflict, _ kind: Kind?) -> String {
    let path = conflict.path
    guard path != .life else { return "Deleted or not" }
    let label = kind?.field(path.field)?.label ?? path.field.string
    guard let key = path.key, kind?.field(path.field)?.rule != .list else { return label }
    return "\(label), \(key)"
  }

  /// Who takes part in a conflict, each member once.
  static func members(_ conflict: Conflict) -> [String] {
    let cells =
      switch conflict {
      case .values(_, let cells): cells
      case .life(let deletes, let others): deletes + others
      }
    return Set(cells.map(\.name.replica.member)).sorted().map(\.description)
  }

  /// When the newest part of a conflict was written.
  static func newest(_ conflict: Conflict) -> Int64 {
    switch conflict {
    case .values(_, let cells): cells.map(\.time).max() ?? 0
    case .life(let deletes, let others): (deletes + others).map(\.time).max() ?? 0
    }
  }

  private func text(_ conflict: Conflict, among all: [Conflict]) throws -> String {
    let heading = output.style.yellow("! " + TerminalSafe.line(Self.place(conflict, kind)))
    let resolve = "pioc conflicts resolve \(try titles.short(state.record))"
    switch conflict {
    case .values(let path, let cells):
      var text = heading + ": \(cells.count) values\n"
      for (index, cell) in cells.enumerated() {
        let shown = index == 0 ? " (shown now)" : ""
        text += "  \(index + 1)  \(try value(cell))\n     \(author(cell))\(shown)\n"
      }
      let place = all.count > 1 ? " " + self.options(path, all) : ""
      return text + "  To settle it: '\(resolve)\(place) --take N', or --value \"…\" for another one.\n"
    case .life(let deletes, let others):
      var text = heading + ": deleted by some, edited or restored by others\n"
      for cell in deletes { text += "  -  deleted\n     \(author(cell))\n" }
      for cell in others {
        let what = cell.path == .life ? "restored" : "\(label(cell.path)): \(try value(cell))"
        text += "  +  \(what)\n     \(author(cell))\n"
      }
      return text + "  To settle it: '\(resolve) --keep' or '\(resolve) --delete'.\n"
    }
  }

  /// The options that tell one conflict from the others of its record.
  private func options(_ path: Path, _ all: [Conflict]) -> String {
    let name = kind?.field(path.field)?.option ?? path.field.string
    let same = all.filter { $0.path.field == path.field }
    guard let key = path.key, same.count > 1 else { return "--field \(name)" }
    return "--field \(name) --key \(Phrase.quoted(key.string, columns: 200))"
  }

  private func label(_ path: Path) -> String { kind?.field(path.field)?.label ?? path.field.string }

  private func value(_ cell: Cell) throws -> String {
    guard let field = kind?.field(cell.path.field), !cell.path.isPosition else {
      return TerminalSafe.line(cell.value.text?.string ?? cell.value.description)
    }
    return TerminalSafe.line(try FieldLines.line(cell.value, key: cell.path.key, field, titles))
  }

  private func author(_ cell: Cell) -> String {
    let replica = cell.name.replica
    return output.style.dim("by \(replica.member) (\(replica)), \(LocalTime.text(milliseconds: cell.time))")
  }
}
