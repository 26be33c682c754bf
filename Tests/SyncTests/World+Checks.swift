import Sync

extension World {
  /// What is wrong with the sentence "the hub's log up to the cursor, and own changes not in it yet", if anything.
  mutating func faultInSentence() throws -> String? {
    let replica = random.pick(replicas)
    let record = random.pick(records)
    if replica.isCatchingUp || replica.history != hub.history { return nil }
    let seq = max(replica.cursor, replica.bases[record]?.seq ?? 0)
    let model = try model(hub.accepted(record, upTo: seq) + replica.remaining(record))
    let (shown, wanted) = (
      NaiveModel.View(replica.shown(record)).withoutMarks, model.view(arrived: []).withoutMarks
    )
    return shown == wanted ? nil : "\(replica.id) shows \(shown), not \(wanted)"
  }

  /// The naive model of changes, each of which is read from its bytes only once.
  private mutating func model(_ accepted: [(change: Change, time: Int64)]) throws -> NaiveModel {
    NaiveModel(
      try accepted.map { change, time in
        let read = try naive[change.name] ?? NaiveChange(change.bytes)
        naive[change.name] = read
        return (read, time)
      })
  }

  /// What is wrong after everybody has synced, if anything.
  mutating func faultAtRest() throws -> String? {
    let arrived = Set(hub.held.map(\.description))
    for record in records {
      let state = hub.states[record] ?? RecordState(record: record, kind: Sample.kind)
      let model = try model(hub.accepted(record, upTo: hub.log.count))
      let (view, wanted) = (NaiveModel.View(state), model.view(arrived: arrived))
      if view != wanted { return "the hub holds \(view), not \(wanted)" }
      if dead == nil, !state.awaited.isEmpty { return "a mark is left: \(state.awaited)" }
      for replica in living {
        let base = replica.bases[record]?.state ?? RecordState(record: record, kind: Sample.kind)
        if base.canonicalBytes() != state.canonicalBytes() {
          return "\(replica.id) has another base than the hub"
        }
        if replica.shown(record) != base { return "\(replica.id) shows something else than its base" }
      }
      if let fault = lostValue(record, in: state) ?? hiddenEdit(record, in: state) { return fault }
    }
    return nil
  }

  /// A value that is gone though nobody replaced it, refused it or erased the record.
  private func lostValue(_ record: RecordID, in state: RecordState) -> String? {
    if state.isErased { return nil }
    let own = replicas.flatMap(\.own).filter { $0.change.record == record }
    var replaced: Set<[String]> = []
    for mine in own where hub.held.contains(mine.change.name) && !mine.isRefused {
      for operation in mine.change.operations {
        for name in operation.over { replaced.insert([operation.path?.description ?? "", name.description]) }
      }
    }
    let living = Set(living.map(\.id))
    for mine in own where living.contains(mine.change.replica) && !mine.isRefused {
      for case .put(let path, _, _) in mine.change.operations {
        let isLive = state.cells(at: path).contains { $0.name == mine.change.name }
        if isLive || replaced.contains([path.description, mine.change.name.description]) { continue }
        return "lost: \(path) of \(mine.change.name)"
      }
    }
    return nil
  }

  /// A cell that is hidden by a delete whose writer, and whose predecessors' writers, never had it in sight.
  private func hiddenEdit(_ record: RecordID, in state: RecordState) -> String? {
    guard state.isDeleted else { return nil }
    for cell in state.cells where cell.path != .life {
      let isKnown = state.cells(at: .life).contains { delete in
        guard case .deleted(let list) = LifeValue(delete.value) else { return false }
        guard list[cell.path]?.contains(cell.name) ?? false else { return false }
        return writersOfDeletes(upTo: delete.name).contains { $0.seen.contains(cell.name) }
      }
      if !isKnown { return "hidden without having been seen: \(cell.path) of \(cell.name)" }
    }
    return nil
  }

  /// The writers of a delete and of everything that it replaced at the record's life.
  private func writersOfDeletes(upTo name: ChangeName) -> [ToyReplica] {
    var found: Set<ChangeName> = []
    var open = [name]
    while let next = open.popLast() {
      if !found.insert(next).inserted { continue }
      let change = replicas.lazy.flatMap(\.own).first { $0.change.name == next }?.change
      for operation in change?.operations ?? [] where operation.path == .life { open += operation.over }
    }
    return replicas.filter { replica in replica.own.contains { found.contains($0.change.name) } }
  }
}
