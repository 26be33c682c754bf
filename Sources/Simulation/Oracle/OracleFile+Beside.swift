import Crypto

/// What a replica's file must hold to beside the hub's history that it follows.
extension OracleFile {
  /// Checks what a replica has from the hub; says nothing where it follows another history than the one
  /// known.
  func violations(beside history: HubHistory, wasRestored: Bool) -> [Violation] {
    guard settings["hub"] == history.hub || wasRestored else {
      return settings["hub"] == nil ? [] : [Violation(.foreignHistory, "\(name) is bound to another hub")]
    }
    // Both must be of this history: an answer of `/v1/held` moves what was told, and not the cursor.
    for point in [settings["furthest"], settings["cursor"]].compactMap({ $0.flatMap(OracleCursor.init) }) {
      switch history.holds(point) {
      case true?: continue
      case nil: return []
      case false?:
        return wasRestored
          ? [] : [Violation(.foreignHistory, "\(name) was told of seq \(point.seq) with another chain")]
      }
    }
    if settings["furthest"] == nil { return [] }
    return records.flatMap { baseViolations($0, history) } + outsideViolations(history)
      + placeViolations(history)
      + cursorViolations(history)
  }

  /// A base is what the hub had at its seq.
  private func baseViolations(_ record: FileRecord, _ history: HubHistory) -> [Violation] {
    guard !record.isStale, record.hash != nil else { return [] }
    guard let changes = history.record(record.id) else {
      // A record of which nothing was ever applied is an empty state at the hub.
      guard let state = record.baseState?.state, !state.isEmpty else { return [] }
      return [Violation(.wrongBase, "\(place(record)) is not in the hub's log")]
    }
    guard let expected = changes.state(at: record.seq), let base = record.baseState,
      base.hash != expected.hash
    else { return [] }
    let details = difference(place(record), base, expected.state, expected.hash).map(\.description).joined(
      separator: ", ")
    return [Violation(.wrongBase, "\(place(record)) is not what the hub had at \(record.seq): \(details)")]
  }

  /// An own change is outside exactly if the base does not hold it.
  ///
  /// What another copy of the file wrote again is in the base under another dot; until the replica is told that
  /// its own is a duplicate, it cannot know, and keeps it outside (7.7.5). So it is with a refused one.
  private func outsideViolations(_ history: HubHistory) -> [Violation] {
    let records = Dictionary(records.map { ($0.num, $0) }) { first, _ in first }
    return entries.compactMap { entry in
      guard entry.replica == replica, entry.change != nil, entry.fate == .open || entry.fate == .applied,
        let record = records[entry.record], !record.isStale, record.baseState?.state.isErased != true
      else { return nil }
      let arrival = history.arrival(entry.name).flatMap { history[$0] }
      // Pages may come before the fate: who looks at the feed before it sends has not heard of a refusal yet.
      if entry.fate == .open, arrival?.fate == .rejected { return nil }
      let isInBase = record.hash != nil && arrival.map { $0.pos <= record.seq } ?? false
      if isInBase != entry.isOutside || (isInBase && entry.fate == .open && arrival?.hash != entry.hash) {
        return nil
      }
      let word = isInBase ? "outside and" : "neither outside nor"
      return Violation(.wrongOutside, "\(entry.place(name)) is \(word) in the base")
    }
  }

  /// Where a row tells a seq, the hub's log has that name there, with that time.
  ///
  /// A replica that took a new id on a restored hub keeps the seqs of the old history (7.8.3 leaves out
  /// 7.7.2).
  private func placeViolations(_ history: HubHistory) -> [Violation] {
    entries.compactMap { entry in
      guard let seq = entry.seq, settings["former"] == nil || entry.replica == replica else { return nil }
      // Others' former names are forgotten with their bytes; an own one may stand there under another dot.
      guard let other = history[seq], other.time == entry.time,
        other.name == entry.name || other.hash == entry.hash
      else {
        return Violation(.wrongPlace, "\(entry.place(name)) says seq \(seq), time \(entry.time)")
      }
      return nil
    }
  }

  /// What the cursor has passed is in the bases (Protocol, 6.4 and 7.6).
  private func cursorViolations(_ history: HubHistory) -> [Violation] {
    guard let cursor = settings["cursor"].flatMap(OracleCursor.init), history.holds(cursor) == true else {
      return []
    }
    let records = Dictionary(records.map { ($0.id, $0) }) { first, _ in first }
    // Whoever erases forgets its bytes at once: should the hub have had them after all, there is no base before its answer.
    let forgotten = Set(entries.filter { $0.replica == replica && $0.bodyHash == nil }.map(\.name))
    return history.all.compactMap { changes in
      // By states a record is sent at its last row; those after an erasure move an erased one on.
      if cursor.readsStates, changes.erased != nil { return nil }
      let passed =
        cursor.readsStates
        ? changes.changes.last.map(\.seq).flatMap { $0 <= cursor.seq ? $0 : nil }
        : changes.changes.last { $0.seq <= cursor.seq }?.seq
      guard let passed else { return nil }
      let record = records[changes.record]
      // Nothing comes after an erasure, not even a seq.
      if let record, record.hash != nil, !record.isStale, record.seq >= passed || record.deleted == 2 {
        return nil
      }
      if record?.deleted == 2, changes.changes.allSatisfy({ $0.seq > passed || forgotten.contains($0.change.name) }) {
        return nil
      }
      return Violation(
        .cursorAhead, "\(name) is at \(cursor.seq) and lacks seq \(passed) of \(changes.record.shown)")
    }
  }
}
