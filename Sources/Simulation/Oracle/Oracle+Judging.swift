import Crypto
public import SQLite

extension Oracle {
  /// At quiescence: checks every file, that all tell the same, and that nothing saved is lost.
  public mutating func judge(
    hub: Connection, replicas: [(file: String, connection: Connection)]
  ) throws -> [Violation] {
    let hubFile = try OracleFile(hub, name: "hub", isHub: true, cache: cache)
    let history = HubHistory(hubFile)
    var found = try complaints + observeHub(hub) + checkHub(hubFile, history)
    var files: [OracleFile] = []
    for (name, connection) in replicas {
      let file = try OracleFile(connection, name: name, isHub: false, cache: cache)
      found += checkReplica(file) + quiet(file, history) + differences(file, hubFile)
      files.append(file)
    }
    return found + lost(hubFile, history, files) + unseenCauses(history)
  }

  /// Every name in `over` stands in the log before the change that names it.
  ///
  /// That is so unless the hub came back from a backup, or the name came with a change that was written
  /// again: under a new id the changes that are written meanwhile come first.
  private func unseenCauses(_ history: HubHistory) -> [Violation] {
    if wasRestored { return [] }
    return history.all.flatMap { record in
      record.waits.compactMap { wait in
        if let to = wait.to, history[to]?.isRenamed == true { return nil }
        return Violation(.unseenCause, "\(record.record.shown) at seq \(wait.from) names \(wait.spot)")
      }
    }
  }

  /// Nothing is on its way any more.
  private func quiet(_ file: OracleFile, _ history: HubHistory) -> [Violation] {
    var found: [Violation] = []
    for entry in file.entries {
      if entry.fate == .open || entry.fate == .openVoid {
        found.append(Violation(.pending, entry.place(file.name)))
      }
      if entry.isOutside { found.append(Violation(.outside, entry.place(file.name))) }
    }
    found += file.records.filter(\.isStale).map { Violation(.staleBase, file.place($0)) }
    guard let cursor = file.settings["cursor"].flatMap(OracleCursor.init), !cursor.readsStates,
      cursor.seq == history.head, history.holds(cursor) == true
    else { return found + [Violation(.behind, "\(file.name) is not at the hub's head \(history.head)")] }
    return found
  }

  /// A replica holds exactly the hub's states.
  private func differences(_ file: OracleFile, _ hub: OracleFile) -> [Violation] {
    var found: [Violation] = []
    var records = Dictionary(file.records.map { ($0.id, $0) }) { first, _ in first }
    for record in hub.records {
      let own = records.removeValue(forKey: record.id)
      if let own, own.state.hash == record.state.hash, own.deleted == record.deleted,
        own.conflicts == record.conflicts
      {
        continue
      }
      if let own {
        found.append(Violation(.diverged, "\(file.place(own)): \(report(own, record, file))"))
      } else if record.state.state?.state.isEmpty != true {
        found.append(Violation(.missingRecord, "\(file.name) lacks \(record.id.shown)"))
      }
    }
    for record in records.values where record.state.state?.state.isEmpty != true {
      found.append(Violation(.extraRecord, file.place(record)))
    }
    let sum = file.records.reduce(Digest.zero) { $0 &+ ($1.hash ?? .zero) }
    if sum != hub.records.reduce(Digest.zero, { $0 &+ ($1.hash ?? .zero) }) {
      found.append(Violation(.digestDiffers, file.name))
    }
    return found
  }

  private func report(_ own: FileRecord, _ hubs: FileRecord, _ file: OracleFile) -> String {
    guard let expected = hubs.state.state?.state else { return "the hub's state cannot be read" }
    return file.difference("it", own.state.state, expected).map(\.description).joined(separator: ", ")
  }

  /// Every saved change whose file still stands is in the hub's log, or refused with its bytes still there.
  private func lost(_ hub: OracleFile, _ history: HubHistory, _ files: [OracleFile]) -> [Violation] {
    var rejected: Set<NaiveName> = []
    for file in files {
      for entry in file.entries where entry.change != nil && file.verdicts.contains(entry.pos) {
        rejected.insert(entry.name)
      }
    }
    let promised = files.reduce(into: Set<NaiveName>()) { $0.formUnion(kept[$1.name] ?? []) }
    return promised.sorted().compactMap { name in
      guard let known = written[name] else { return nil }
      let isErased = history.record(known.record)?.erased != nil
      let fate = history.arrival(name).flatMap { history[$0]?.fate }
      if fate == .applied || rejected.contains(name) || isErased || givenUp.contains(name) { return nil }
      return Violation(
        .lostChange, "\(name) is \(fate.map { "\($0)" } ?? "nowhere") at the hub, and no file keeps it")
    }
  }
}
