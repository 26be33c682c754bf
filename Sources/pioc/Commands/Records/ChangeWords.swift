import JSON
import Records
import Sync
import Terminal

/// What a change did to a record, in words.
struct ChangeWords {
  /// The value that a change wrote at a path, where that change is known; a drop writes none.
  typealias Values = [ChangeName: [Path: JSON]]

  let titles: Titles
  /// What changes wrote, to say what was replaced; `nil` leaves that out.
  var values: Values?
  /// Whether values are written out, however long they are.
  var isWhole = false
  /// The length from which on a text that was changed is told by the words that differ.
  private static let longText = 60

  /// The values that changes wrote, by their names.
  static func values(_ changes: [Change]) -> Values {
    var values: Values = [:]
    for change in changes {
      for operation in change.operations {
        if case .put(let path, let value, _) = operation { values[change.name, default: [:]][path] = value }
      }
    }
    return values
  }

  /// One line for each thing that the change did.
  ///
  /// `replaced` gives the names that a change of this name replaced at a path, to leave out what was gone
  /// already.
  func lines(_ change: Change, replaced: (ChangeName, Path) -> [ChangeName] = { _, _ in [] }) throws
    -> [String]
  {
    let kind = Kinds.named(change.kind)
    let written = Set(change.operations.compactMap(\.path))
    return try change.operations.compactMap { operation in
      switch operation {
      case .erase: return "Erased for good"
      case .put(.life, let value, _): return LifeValue(value) == .alive ? "Restored" : "Deleted"
      case .drop(let path, _) where path.isPosition: return nil
      case .drop(let path, _):
        return
          "\(PathWords.label(path, kind)): removed \(try describe(formerValue(operation) ?? true, path, kind))"
      case .put(let path, _, _) where path.isPosition:
        let field = Text(path.field.string.split(separator: "@").first.map(String.init) ?? "")
        return written.contains(Path(field, path.key)) ? nil : "\(PathWords.label(Path(field), kind)): moved an item"
      case .put(let path, let value, let over):
        if let difference = difference(value, over, path, replaced) {
          return "\(PathWords.label(path, kind)): \(difference)"
        }
        let now = value.isNull ? "cleared" : try describe(value, path, kind)
        return "\(PathWords.label(path, kind)): \(now)\(try former(operation, over, path, kind, replaced))"
      }
    }
  }

  /// How a long text differs from the one that it replaced: cut to their beginnings, the two would look the same.
  private func difference(
    _ value: JSON, _ over: [ChangeName], _ path: Path, _ replaced: (ChangeName, Path) -> [ChangeName]
  ) -> String? {
    let names = names(over, path, replaced)
    guard names.count == 1, let old = values?[names[0]]?[path].flatMap(ConflictWords.text),
      let new = ConflictWords.text(value), max(old.count, new.count) > Self.longText
    else { return nil }
    let difference = TextDifference(old, new)
    return difference.hasCommonWords ? DifferenceText(style: .plain, isolates: false).line(difference) : nil
  }

  /// The names that a write replaced, without what was gone already.
  private func names(
    _ over: [ChangeName], _ path: Path, _ replaced: (ChangeName, Path) -> [ChangeName]
  ) -> [ChangeName] {
    let gone = Set(over.flatMap { replaced($0, path) })
    return over.filter { !gone.contains($0) }
  }

  /// What a write replaced, in brackets.
  private func former(
    _ operation: Operation, _ over: [ChangeName], _ path: Path, _ kind: Kind?,
    _ replaced: (ChangeName, Path) -> [ChangeName]
  ) throws -> String {
    let names = names(over, path, replaced)
    guard let values, !names.isEmpty else { return "" }
    let known = names.compactMap { values[$0]?[path] }
    guard known.count == names.count else { return " (what it was before is not in the history here)" }
    let texts = try known.map { $0.isNull ? "cleared" : try describe($0, path, kind) }
    return " (was \(Phrase.list(texts)))"
  }

  private func formerValue(_ operation: Operation) -> JSON? {
    guard let path = operation.path else { return nil }
    return operation.over.compactMap { values?[$0]?[path] }.last
  }

  private func describe(_ value: JSON, _ path: Path, _ kind: Kind?) throws -> String {
    guard let field = kind?.field(path.field) else {
      let text = value.text?.string ?? value.description
      return quoted(path.key.map { "\($0): \(text)" } ?? text)
    }
    // The item of a list that was dropped may not be known any more.
    if field.rule == .list, value == true { return "an item" }
    return quoted(try FieldLines.line(value, key: path.key, field, titles))
  }

  private func quoted(_ text: String) -> String {
    isWhole ? Phrase.quoted(text, columns: 1_000_000) : Phrase.quoted(text)
  }
}
