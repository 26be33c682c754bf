import JSON
import Replica
import Store
import Sync

/// What people do.
extension World {
  func edit(_ city: CityMachine, _ edit: Step.Edit, _ index: Int, _ salt: UInt64) {
    guard !city.isGone else { return }
    var stream = SeededStream(seed: salt, purpose: "edit")
    let id = records[index % records.count]
    let time = now(city)
    var seen: [Path: Set<ChangeName>] = [:]
    let change = command(city, "edit") { replica -> Change? in
      seen = try Self.names(in: try replica.record(id))
      switch edit {
      case .resolve: return try resolve(replica, id, time, &stream)
      case .discard:
        try discard(replica)
        return nil
      case .refused:
        let long = Text(Self.tooLong + "\(stream.next())")
        return try replica.edit(id, kind: "event", at: time, checked: false) { $0.put("title", .string(long)) }
      default: return try replica.edit(id, kind: "event", at: time) { self.draft(&$0, edit, &stream) }
      }
    }
    guard let written = change, let change = written else {
      if change == nil { adopt(city) }
      return
    }
    trace.add("  \(city.name) saved \(change.name)")
    oracle.saved(change.bytes, in: city.name)
    acknowledged += 1
    for operation in change.operations {
      guard let path = operation.path, path != .life, let replaced = seen[path] else { continue }
      replacements.append(Replacement(record: id, path: path, change: change.name, replaced: replaced))
    }
    if edit == .erase { marks.hit("erasure") }
  }

  /// A command has failed or died over an edit: what it wrote is looked for at once, before it travels.
  private func adopt(_ city: CityMachine) {
    if city.disk.isKilled { bury(city) }
    check(city)
  }

  /// More than a title may have; made once, since strings repeat slowly.
  private static let tooLong = String(repeating: "x", count: 2_000)

  /// Two of them are one character in two spellings, which a comparison of characters would take for the same.
  private static let topics: [Text] = ["paz", "youth", "\u{E9}", "e\u{301}"]

  private func draft(_ draft: inout ChangeDraft, _ edit: Step.Edit, _ stream: inout SeededStream) {
    let value = JSON.string(Text("v\(stream.below(1_000_000))"))
    switch edit {
    case .summary: draft.put("summary", value)
    case .both:
      draft.put("title", value)
      draft.put("summary", value)
    case .element: draft.put(Path("topics", Self.topics[stream.below(Self.topics.count)]), true)
    case .drop: draft.drop(Path("topics", Self.topics[stream.below(Self.topics.count)]))
    case .delete: if !draft.state.isDeleted, !draft.state.isErased { draft.delete() }
    case .restore: if draft.state.isDeleted { draft.restore() }
    case .erase: if !draft.state.isEmpty { draft.erase() }
    default: draft.put("title", value)
    }
  }

  /// Every name that a person can have seen at a path, also beneath what waits to be sent.
  private static func names(in record: StoredRecord?) throws -> [Path: Set<ChangeName>] {
    var names: [Path: Set<ChangeName>] = [:]
    for state in [record?.state, record?.baseState].compactMap({ $0 }) {
      for cell in state.cells { names[cell.path, default: []].insert(cell.name) }
    }
    return names
  }

  private func resolve(
    _ replica: LocalReplica, _ id: RecordID, _ time: Int64, _ stream: inout SeededStream
  ) throws -> Change? {
    guard let record = try replica.record(id), let conflict = record.state.conflicts().first else { return nil }
    marks.hit("resolution")
    switch conflict {
    case .values(_, let cells):
      return try replica.resolve(conflict, of: record, .take(1 + stream.below(cells.count)), at: time)
    case .life: return try replica.resolve(conflict, of: record, stream.chance(oneIn: 2) ? .keep : .delete, at: time)
    }
  }

  /// Gives up a refused change knowingly: what nobody has to keep any more.
  private func discard(_ replica: LocalReplica) throws {
    guard let first = try replica.rejected().first else { return }
    // Told before: should the process die now, the change may be gone or not.
    oracle.gaveUp(first.change.bytes)
    try replica.discard(first)
    marks.hit("refused change discarded")
  }
}
