public import JSON
public import Sync

/// What is known here of a record's past: what it is now, and the changes that this copy holds.
///
/// A record that came from a hub as a whole has a past before its first change here that is not known; nothing is
/// guessed about that.
public struct RecordPast: Sendable {
  /// The record as it is shown now.
  public let state: RecordState
  /// The changes that stand in it, oldest first, each with its time: the hub's where known, else its writer's.
  public let steps: [(change: Change, time: Int64)]

  private var changes: [ChangeName: Change] = [:]

  /// A past from its parts; changes that were refused, or that are void, are none.
  public init(_ state: RecordState, steps: [(change: Change, time: Int64)]) {
    self.state = state
    self.steps = steps
    for step in steps { changes[step.change.name] = step.change }
  }

  /// What stood at a path before a change wrote there.
  public enum Former: Hashable, Sendable {
    /// Nothing.
    case nothing
    /// These values, each once; several were in conflict.
    case values([JSON])
    /// What is not known here.
    case unknown
  }

  /// What a change replaced at a path.
  ///
  /// A change also names what its writer's own changes before had replaced, as long as no hub had accepted those; that
  /// was gone already and does not count.
  public func former(of change: Change, at path: Path) -> Former {
    let over = change.operations.first { $0.path == path }?.over ?? []
    let gone = Set(over.flatMap { self.over(of: $0, at: path) })
    var values: [JSON] = []
    for name in over where !gone.contains(name) && !hasRemoved(name, path) {
      guard let value = value(of: name, at: path) else { return .unknown }
      if !values.contains(where: { $0.canonical() == value.canonical() }) { values.append(value) }
    }
    return values.isEmpty ? .nothing : .values(values)
  }

  /// The record as it stood at a moment, and the places at which something stood that is not known here.
  ///
  /// - Parameter time: the moment, in milliseconds.
  public func state(at time: Int64) -> (state: RecordState, unknown: [Path]) {
    // What stands now without a change that is known here has stood since it was written.
    var past = state.keeping { changes[$0.name] == nil && $0.time <= time }
    var unknown: Set<Path> = []
    for step in steps {
      if step.time <= time {
        past.apply(step.change, time: min(step.time, step.change.at))
        continue
      }
      for operation in step.change.operations {
        guard let path = operation.path else { continue }
        if operation.over.contains(where: { changes[$0] == nil }) { unknown.insert(path) }
      }
    }
    // What is known of a place stands for it, even where something else may have stood beside it.
    return (past, unknown.filter { past.cells(at: $0).isEmpty }.sorted())
  }

  /// Whether something is shown, or was replaced, whose change is not here.
  public var isCut: Bool {
    state.cells.contains { changes[$0.name] == nil }
      || steps.contains { $0.change.operations.contains { $0.over.contains { changes[$0] == nil } } }
  }

  private func over(of name: ChangeName, at path: Path) -> [ChangeName] {
    changes[name]?.operations.first { $0.path == path }?.over ?? []
  }

  /// Whether a change is known to have left nothing at a path, so that it was named for what it removed.
  private func hasRemoved(_ name: ChangeName, _ path: Path) -> Bool {
    guard let change = changes[name] else { return false }
    return !change.operations.contains { if case .put(path, _, _) = $0 { true } else { false } }
  }

  private func value(of name: ChangeName, at path: Path) -> JSON? {
    for case .put(path, let value, _) in changes[name]?.operations ?? [] { return value }
    return state.cells(at: path).first { $0.name == name }?.value
  }
}
