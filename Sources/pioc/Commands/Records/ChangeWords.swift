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
        let now = value.isNull ? "cleared" : try describe(value, path, kind)
        return "\(PathWords.label(path, kind)): \(now)\(try former(operation, over, path, kind, replaced))"
      }
    }
  }

  /// What a write replaced, in brackets.
  private func former(
    _ operation: Operation, _ over: [ChangeName], _ path: Path, _ kind: Kind?,
    _ replaced: (ChangeName, Path) -> [ChangeName]
  ) throws -> String {
    let gone = Set(over.flatMap { replaced($0, path) })
    let names = over.filter { !gone.contains($0) }
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
      return Phrase.quoted(path.key.map { "\($0): \(text)" } ?? text)
    }
    // The item of a list that was dropped may not be known any more.
    if field.rule == .list, value == true { return "an item" }
    return Phrase.quoted(try FieldLines.line(value, key: path.key, field, titles))
  }
}
