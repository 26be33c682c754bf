public import JSON

/// Collects what a person does to one record, and works out what each operation replaces.
///
/// `over` names the live cells that the writer sees, and repeats the `over` of the writer's own changes that the hub
/// has not accepted yet: should one of those be refused, its successor still covers what it meant to cover.
public struct ChangeDraft: Sendable {
  /// The record as the writer sees it.
  public let state: RecordState
  /// The operations so far; a later one at the same path takes the place of an earlier one.
  public private(set) var operations: [Operation] = []
  private let repeats: [Path: Set<ChangeName>]

  /// Begins a change.
  ///
  /// - Parameters:
  ///   - state: the record as it is shown.
  ///   - unaccepted: the writer's own changes to this record that no hub has accepted yet, oldest first.
  public init(state: RecordState, unaccepted: [Change]) {
    self.state = state
    repeats = Self.repeats(of: unaccepted)
  }

  /// Whether nothing was asked for.
  public var isEmpty: Bool { operations.isEmpty }

  /// Writes a value; `null` clears a plain field.
  public mutating func put(_ path: Path, _ value: JSON) {
    add(.put(path, value: value, over: over(path)), at: path)
  }

  /// Writes a value over these names alone, and not over what has come since its writer looked.
  public mutating func put(_ path: Path, _ value: JSON, over names: [ChangeName]) {
    add(.put(path, value: value, over: repeating(names, at: path)), at: path)
  }

  /// Removes an element as far as it consists of these names, and not what has come since its writer looked.
  public mutating func drop(_ path: Path, over names: [ChangeName]) {
    add(.drop(path, over: repeating(names, at: path)), at: path)
  }

  private func repeating(_ names: [ChangeName], at path: Path) -> [ChangeName] {
    // An own change that no hub has accepted yet may have come since, too.
    let unseen = Set(state.cells(at: path).map(\.name)).subtracting(names)
    return (repeats[path] ?? []).subtracting(unseen).union(names).sorted().suffix(Limits.overNames)
  }

  /// Removes an element.
  public mutating func drop(_ path: Path) {
    add(.drop(path, over: over(path)), at: path)
  }

  /// Deletes the record, as far as the writer sees it.
  public mutating func delete() {
    var seen: [Path: Set<ChangeName>] = [:]
    for cell in state.cells { seen[cell.path, default: []].insert(cell.name) }
    for delete in state.deletes {
      // What a replaced delete covered stays covered, even where it has not arrived yet.
      seen.merge(delete.seen) { $0.union($1) }
    }
    seen.merge(repeats) { $0.union($1) }
    seen[.life] = nil  // what stands at @life is replaced, not listed
    put(.life, LifeValue.deleted(seen.filter { !$0.value.isEmpty }).json)
  }

  /// Brings a deleted record back with all that it held.
  public mutating func restore() { put(.life, LifeValue.alive.json) }

  /// Removes every value for good; nothing else may stand in the same change.
  public mutating func erase() { operations = [.erase] }

  /// The names that an operation at this path replaces.
  public func over(_ path: Path) -> [ChangeName] {
    (Set(state.cells(at: path).map(\.name)).union(repeats[path] ?? [])).sorted().suffix(Limits.overNames)
  }

  /// What the writer's own unaccepted changes replaced, by path.
  ///
  /// Of own changes only the newest at a path are repeated, so that a field may be written any number of times without a
  /// hub. It takes refusals of more changes in a row than that to bring a value back, to be looked at; none is lost.
  private static func repeats(of unaccepted: [Change]) -> [Path: Set<ChangeName>] {
    let own = Set(unaccepted.map(\.name))
    var others: [Path: Set<ChangeName>] = [:]
    var newest: [Path: [ChangeName]] = [:]
    for change in unaccepted {
      for operation in change.operations {
        guard let path = operation.path else { continue }
        others[path, default: []].formUnion(operation.over.lazy.filter { !own.contains($0) })
        newest[path, default: []].append(change.name)
      }
    }
    for (path, names) in newest { others[path, default: []].formUnion(names.suffix(repeatedChanges)) }
    return others
  }

  /// How many of the writer's own changes are repeated at a path.
  private static let repeatedChanges = 4

  /// The finished change.
  public func finish(_ envelope: ChangeEnvelope) throws(ChangeError) -> Change {
    try Change(bytes: envelope.canonicalBytes(operations))
  }

  /// The finished change of a writer for whom the record is there and stays there.
  ///
  /// What is removed may be the last that stood against somebody's delete, which would then be all that is left, though
  /// nobody who saw this record deleted it: so it is restored with the same change.
  public func finishKeepingRecord(_ envelope: ChangeEnvelope) throws(ChangeError) -> Change {
    let change = try finish(envelope)
    guard !state.isDeleted, !state.deletes.isEmpty, !operations.contains(where: { $0.path == .life }) else {
      return change
    }
    var after = state
    after.apply(change, time: change.at)
    guard after.isDeleted else { return change }
    var draft = self
    draft.restore()
    return try draft.finish(envelope)
  }

  private mutating func add(_ operation: Operation, at path: Path) {
    operations.removeAll { $0.path == path }
    operations.append(operation)
  }
}
