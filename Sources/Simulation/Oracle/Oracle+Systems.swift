/// What the hub wrote for other systems, beside what they posted.
///
/// A system's view of a record is the record as it was when the system wrote to it first, or said that it has seen it,
/// with what the system wrote since (Protocol, 8.4.3 and 8.4.4). It follows from the log alone.
extension Oracle {
  private struct Spot: Hashable {
    let system: String
    let record: [UInt8]
  }

  private typealias Views = [Spot: [(seq: Int64, state: NaiveState)]]

  /// Checks all that stands in a hub's log under the ids of systems.
  func systemViolations(_ file: OracleFile, _ history: HubHistory) -> [Violation] {
    guard !posts.isEmpty else { return [] }
    var found: [Violation] = []
    var views: Views = [:]
    var done: [Int64: Int] = [:]
    for entry in history.entries where entry.fate == .applied {
      guard let system = systems[entry.replica], let change = entry.change else { continue }
      if let run = change.run { done[run, default: 0] += 1 }
      guard let record = history.record(change.record), record.erased == nil,
        let before = record.state(at: entry.pos - 1)?.state
      else { continue }
      let spot = Spot(system: system, record: change.record)
      let isConditional = change.run.flatMap { posts[$0] }?.isConditional ?? false
      let known = isConditional ? before : views[spot]?.last?.state ?? before
      found += violations(of: entry, change, by: system, knowing: known)
      if isConditional { found += unseen(entry, change, before, record) }
      var fold = NaiveFold(base: known)
      fold.take(change, hubTime: entry.time)
      views[spot, default: []].append((entry.pos, fold.state(record: change.record, kind: change.kind)))
    }
    for (run, count) in done {
      guard let post = posts[run], post.isKeyed, count > post.documents.count else { continue }
      found.append(Violation(.doneTwice, "request \(run) of \(post.system) has its effect twice"))
    }
    let dots = file.entriesByDot()
    for post in posts.values {
      for told in post.told { found += violations(of: told, post, history, dots, views) }
    }
    return found.sorted { $0.detail < $1.detail }
  }

  /// A change does what was posted, and replaces nothing that its system did not know.
  private func violations(
    of entry: FileEntry, _ change: NaiveChange, by system: String, knowing known: NaiveState
  ) -> [Violation] {
    var place: String { entry.place("hub") }
    let candidates: [OraclePost] =
      change.run.map { [posts[$0]].compactMap(\.self) }
      ?? posts.values.filter { !$0.isConditional }
    let isPosted = candidates.contains { post in
      post.system == system && !post.isDry
        && post.documents.contains { NaiveDocument(value: $0).accounts(for: change, knowing: known) }
    }
    if !isPosted {
      let what = change.operations.map { "\($0.path) \($0.value?.canonical.shown ?? "drop")" }.joined(separator: ", ")
      return [Violation(.unaskedWrite, "\(place): \(system) did not post \(what)")]
    }
    var covered: Set<NaiveSpot> = []
    for operation in change.operations {
      covered.formUnion(operation.over.map { NaiveSpot(path: operation.path, name: $0) })
      guard operation.path.isLife, let value = operation.value else { continue }
      let spot = NaiveSpot(path: operation.path, name: change.name)
      covered.formUnion(NaiveCell(spot: spot, time: 0, value: value).listed)
    }
    covered.subtract(known.cells.keys)
    covered.subtract(known.cells.values.flatMap(\.listed))
    return covered.sorted().map { Violation(.overwroteUnseen, "\(place) replaces \($0), which its system never knew") }
  }

  /// What came with If-Match was compared with the state that was told.
  private func unseen(
    _ entry: FileEntry, _ change: NaiveChange, _ before: NaiveState, _ record: RecordHistory
  ) -> [Violation] {
    guard let seen = change.run.flatMap({ posts[$0]?.seen }), let told = record.state(at: seen) else { return [] }
    if told.hash == before.hash { return [] }
    return [Violation(.overwroteUnseen, "\(entry.place("hub")) was to be done to the state of seq \(seen) alone")]
  }

  /// What the hub told of a document is so.
  private func violations(
    of told: OraclePost.Told, _ post: OraclePost, _ history: HubHistory, _ dots: [OracleDot: FileEntry], _ views: Views
  ) -> [Violation] {
    if let dot = told.dot, systems[dot.replica] != post.system {
      return [Violation(.wrongAnswer, "\(post.system) was told of a change of \(dot.replica.shown)")]
    }
    let document = NaiveDocument(value: post.documents[told.document])
    var what: String { "\(post.system) was told \(told.status) of \(told.record.shown)" }
    guard let record = history.record(told.record) else {
      return told.dot == nil ? [] : [Violation(.wrongAnswer, "\(what), of which the log knows nothing")]
    }
    if record.erased != nil { return [] }
    let spot = Spot(system: post.system, record: told.record)
    let view = post.isConditional && told.dot == nil ? nil : views[spot]?.last { $0.seq <= told.head }?.state
    if told.isLast, let view = view ?? record.state(at: told.head)?.state, !document.isSaid(by: view) {
      return [Violation(.wrongAnswer, "\(what), and what it posted is not written")]
    }
    guard let entry = told.dot.flatMap({ dots[$0] }), let change = entry.change, entry.fate == .applied,
      let before = record.state(at: entry.pos - 1)?.state, let after = record.state(at: entry.pos)?.state
    else { return [] }
    guard change.record == told.record else { return [Violation(.wrongAnswer, "\(what), and wrote another record")] }
    let isConflict = after.hasConflict(at: Set(change.operations.map(\.path)))
    let expected = isConflict ? "conflict" : before.isEmpty ? "created" : "updated"
    if expected != told.status { return [Violation(.wrongAnswer, "\(what); it is \(expected)")] }
    if expected == "created", let id = document.derivedID, id != told.record {
      return [Violation(.wrongAnswer, "\(what), and its id does not follow from its foreign id")]
    }
    return []
  }
}
