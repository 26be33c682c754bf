import Crypto
import JSON
import Sync

/// A history as it stands in `merge.json`: what a hub was offered, in its order.
struct MergeVector {
  /// What became of an offer.
  enum Fate: String {
    case applied, rejected, void
  }

  struct Step {
    let fate: Fate
    let time: Int64
    let change: Change
  }

  let title: String
  let steps: [Step]

  /// The state after all steps.
  var state: RecordState {
    var state = RecordState(record: Sample.record, kind: steps[0].change.kind)
    var held: Set<ChangeName> = []
    for step in steps {
      if step.fate == .applied {
        state.apply(step.change, time: min(step.change.at, step.time)) { held.contains($0) }
      } else {
        state.arrive(step.change.name)
      }
      held.insert(step.change.name)
    }
    return state
  }

  /// What the naive model makes of it.
  func naiveView() throws -> NaiveModel.View {
    let accepted = try steps.filter { $0.fate == .applied }.map { step in
      (change: try NaiveChange(step.change.bytes), time: min(step.change.at, step.time))
    }
    return NaiveModel(accepted).view(arrived: Set(steps.map(\.change.name.description)))
  }

  var json: JSON {
    let state = state
    return [
      "title": .string(Text(title)), "kind": .string(state.kind), "record": .string(state.record.text),
      "steps": .array(steps.map(Self.json)), "state": .string(Text(Sample.text(state.canonicalBytes()))),
      "hash": .string(Text(state.hash.hex)), "deleted": .bool(state.isDeleted),
      "erased": .bool(state.isErased),
      "shown": .array(Self.shown(state)), "conflicts": .array(state.conflicts().map(Self.json)),
      "awaited": .array(state.awaited.map { [Self.json($0.path), .string($0.name.text)] }),
    ]
  }

  private static func json(_ step: Step) -> JSON {
    [
      "fate": .string(Text(step.fate.rawValue)), "time": .int(step.time),
      "name": .string(step.change.name.text), "hash": .string(Text(step.change.hash.hex)),
      "bytes": .string(Text(Sample.text(step.change.bytes))),
    ]
  }

  /// What is shown at each path, in the order of paths; @life is not a value for people.
  static func shown(_ state: RecordState) -> [JSON] {
    var paths: [Path] = []
    for cell in state.cells where cell.path != .life && paths.last != cell.path { paths.append(cell.path) }
    return paths.compactMap { path in
      state.shown(path).map {
        ["path": json(path), "value": $0.value, "by": .string($0.name.text), "time": .int($0.time)]
      }
    }
  }

  static func json(_ conflict: Conflict) -> JSON {
    switch conflict {
    case .values(let path, let cells):
      ["conflict": "values", "path": json(path), "names": .array(cells.map { .string($0.name.text) })]
    case .life(let deletes, let others):
      [
        "conflict": "life", "deletes": .array(deletes.map { .string($0.name.text) }),
        "others": .array(others.map { [json($0.path), .string($0.name.text)] }),
      ]
    }
  }

  static func json(_ path: Path) -> JSON {
    .array(path.key.map { [.string(path.field), .string($0)] } ?? [.string(path.field)])
  }

  /// Reads a history back; what it gives is not read but worked out again.
  init(_ json: JSON) throws {
    title = json["title"]?.text?.string ?? ""
    steps = try (json["steps"]?.array ?? []).map { step in
      guard let fate = step["fate"]?.text.flatMap({ Fate(rawValue: $0.string) }),
        let time = step["time"]?.integer,
        let bytes = step["bytes"]?.text?.bytes
      else { throw ChangeError("a step of a vector is not well-formed") }
      return Step(fate: fate, time: time, change: try Change(bytes: bytes))
    }
  }

  init(_ title: String, _ steps: [Step]) {
    self.title = title
    self.steps = steps
  }
}
