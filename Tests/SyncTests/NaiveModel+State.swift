import JSON
import Sync

extension NaiveModel.View {
  /// What the product says of a record, in the words of the naive model.
  init(_ state: RecordState) {
    live = Set(
      state.cells.map { cell in
        "\(Self.text(cell.path))=\(Self.text(cell.value)) by \(cell.name) at \(cell.time)"
      })
    awaited = Set(state.awaited.map { "\(Self.text($0.path)) \($0.name)" })
    isErased = state.isErased
    isDeleted = state.isDeleted
    for cell in state.cells {
      if let first = state.shown(cell.path) { shown[Self.text(cell.path)] = Self.text(first.value) }
    }
    for conflict in state.conflicts() { conflicts.insert(Self.line(conflict)) }
  }

  /// The same without the marks, which only a hub can know.
  var withoutMarks: Self {
    var copy = self
    copy.awaited = []
    return copy
  }

  private static func line(_ conflict: Conflict) -> String {
    switch conflict {
    case .values(let path, let cells):
      NaiveModel.valuesLine(text(path), cells.map(\.name.description))
    case .life(let deletes, let others):
      NaiveModel.lifeLine(deletes.map(\.name.description), others.map { "\(text($0.path)) \($0.name)" })
    }
  }

  static func text(_ path: Path) -> String {
    text(.array(path.key.map { [.string(path.field), .string($0)] } ?? [.string(path.field)]))
  }

  private static func text(_ json: JSON) -> String { NaiveChange.text(json) }
}
