import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// The open conflicts of a record: every value, who wrote it and when, and the words that settle it.
struct ConflictPage {
  private let state: RecordState
  private let kind: Kind?
  private let titles: Titles
  private let output: Output
  /// The clock, where it is to be said how long ago each value was written.
  private let now: Int64?

  init(_ state: RecordState, _ kind: Kind?, _ titles: Titles, _ output: Output, now: Int64? = nil) {
    self.state = state
    self.kind = kind
    self.titles = titles
    self.output = output
    self.now = now
  }

  func text() throws -> String {
    let conflicts = state.conflicts()
    return try conflicts.map { try text($0, among: conflicts) }.joined(separator: "\n")
  }

  /// One conflict with the words that settle it.
  func text(_ conflict: Conflict, among all: [Conflict]) throws -> String {
    let resolve = "pioc resolve \(try titles.short(state.record))"
    var text = try values(conflict)
    switch conflict {
    case .values(let path, _):
      let place = all.count > 1 ? " " + options(path, all) : ""
      let merge = MergeProposal.isPossible(conflict, kind) ? ", --merge" : ""
      text += "  To settle it: '\(resolve)\(place) --take N'\(merge), or --value \"…\" for another one.\n"
    case .life: text += "  To settle it: '\(resolve) --keep' or '\(resolve) --delete'.\n"
    }
    return text
  }

  /// One conflict: its values side by side where the terminal is wide enough, and how long texts differ.
  func values(_ conflict: Conflict) throws -> String {
    let heading = output.style.yellow("! " + TerminalSafe.line(ConflictWords.place(conflict, kind)))
    switch conflict {
    case .values(_, let cells):
      return try heading + ": \(cells.count) values\n" + columns(cells) + difference(cells)
    case .life(let deletes, let others):
      var text = heading + ": deleted by some, edited or restored by others\n"
      for cell in deletes { text += "  -  deleted\n     \(dimmed(author(cell)))\n" }
      for cell in others {
        let what = cell.path == .life ? "restored" : "\(PathWords.label(cell.path, kind)): \(try value(cell))"
        text += "  +  \(what)\n     \(dimmed(author(cell)))\n"
      }
      return text
    }
  }

  private func columns(_ cells: [Cell]) throws -> String {
    if let width = output.width, width >= SideBySide.leastWidth, cells.count == 2 {
      let blocks = try cells.enumerated().map { index, cell in
        let shown = index == 0 ? " (shown now)" : ""
        return ["\(index + 1)  \(cell.name.replica.member)\(shown)", "\(cell.name.replica)", moment(cell)]
          + (try value(cell, keepsLines: true)).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
      }
      let lines = SideBySide.lines(blocks[0], blocks[1], width: width, margin: 2)
      return lines.joined(separator: "\n") + "\n"
    }
    var text = ""
    for (index, cell) in cells.enumerated() {
      let shown = index == 0 ? " (shown now)" : ""
      text += "  \(index + 1)  \(try value(cell))\n     \(dimmed(author(cell)))\(shown)\n"
    }
    return text
  }

  /// How the other values differ from the one that is shown, word by word, where they are texts of some length.
  private func difference(_ cells: [Cell]) -> String {
    guard let first = ConflictWords.text(cells[0].value) else { return "" }
    var text = ""
    for (index, cell) in cells.enumerated().dropFirst() {
      guard let other = ConflictWords.text(cell.value), max(first.count, other.count) > 40 else { continue }
      let difference = TextDifference(first, other)
      guard difference.hasCommonWords else { continue }
      let line = DifferenceText(style: output.style).line(difference)
      let wrapped = TextWrap.lines("From 1 to \(index + 1): \(line)", width: (output.width ?? 100_000) - 4)
      text += wrapped.map { "  \(TerminalSafe.isolated($0))\n" }.joined()
    }
    return text
  }

  /// The options that tell one conflict from the others of its record.
  private func options(_ path: Path, _ all: [Conflict]) -> String {
    let name = kind?.field(path.field)?.option ?? path.field.string
    let same = all.filter { $0.path.field == path.field }
    guard let key = path.key, same.count > 1 else { return name }
    return "\(name) --key \(Phrase.quoted(key.string, columns: 200))"
  }

  private func value(_ cell: Cell, keepsLines: Bool = false) throws -> String {
    let text: String
    if let field = kind?.field(cell.path.field), !cell.path.isPosition {
      text = try FieldLines.line(cell.value, key: cell.path.key, field, titles)
    } else {
      text = cell.value.text?.string ?? cell.value.description
    }
    return keepsLines ? TerminalSafe.text(text) : TerminalSafe.line(text)
  }

  private func author(_ cell: Cell) -> String {
    "by \(cell.name.replica.member) (\(cell.name.replica), \(moment(cell)))"
  }

  /// When a value was written, and how long ago that is.
  private func moment(_ cell: Cell) -> String {
    let ago = now.map { ", \(RelativeTime.describe(millisecondsAgo: $0 - cell.time))" } ?? ""
    return LocalTime.text(milliseconds: cell.time) + ago
  }

  private func dimmed(_ text: String) -> String { output.style.dim(text) }
}
