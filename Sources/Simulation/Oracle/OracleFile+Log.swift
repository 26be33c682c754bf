import Crypto

/// What any file's log must hold to.
extension OracleFile {
  /// Checks the rows of the log one by one, and their links.
  func logViolations() -> [Violation] {
    var found = damage.map { Violation(.damagedFile, "\(name): \($0)") }
    var dots: Set<OracleDot> = []
    let records = Dictionary(records.map { ($0.num, $0) }) { first, _ in first }
    for entry in entries {
      var place: String { entry.place(name) }
      if !dots.insert(OracleDot(replica: entry.replica, n: entry.n)).inserted {
        found.append(Violation(.doubleDot, "\(place) is there twice"))
      }
      if entry.fate == nil { found.append(Violation(.logOrder, "\(place) has no known fate")) }
      found += bodyViolations(entry, records[entry.record])
      if entry.fate != .applied, isHub, entry.bodyHash != nil {
        found.append(Violation(.keptBytes, "\(place) was not applied and still has bytes"))
      }
      let isErased = records[entry.record]?.deleted == 2
      if isErased, let change = entry.change, !change.erases {
        found.append(Violation(.keptBytes, "\(place) is of an erased record and still has bytes"))
      }
      if isHub, (entry.fate == .rejected) != verdicts.contains(entry.pos) {
        found.append(
          Violation(.wrongVerdict, "\(place) is refused without a reason, or not refused with one"))
      }
    }
    return found + linkViolations()
  }

  private func bodyViolations(_ entry: FileEntry, _ record: FileRecord?) -> [Violation] {
    guard let bodyHash = entry.bodyHash else { return [] }
    var place: String { entry.place(name) }
    guard bodyHash == entry.hash else {
      return [Violation(.wrongHash, "\(place) has bytes with the hash \(bodyHash), not \(entry.hash)")]
    }
    guard let change = entry.change else { return [Violation(.unreadableChange, place)] }
    var found: [Violation] = []
    // A refused change whose dot went to another history's change keeps its bytes beside it.
    let keepsDot = !entry.isDisplaced || isHub || entry.fate != .rejected || !verdicts.contains(entry.pos)
    if (keepsDot && change.replica != entry.replica) || change.n != entry.n {
      found.append(Violation(.wrongDot, "\(place) has the bytes of \(change.replica.shown):\(change.n)"))
    }
    if entry.record != 0, let record, record.id != change.record || record.kind != change.kind {
      found.append(
        Violation(.wrongDot, "\(place) is kept at \(record.id.shown), its bytes say \(change.record.shown)"))
    }
    // A replica need not find others' changes by a former name.
    let needsTable = change.isWrittenAgain && (isHub || entry.replica == replica)
    if change.name != entry.name || (needsTable && !entry.isRenamed) {
      found.append(Violation(.wrongName, "\(place) is not kept under its name \(change.name)"))
    }
    if change.isWrittenAgain, change.name.member != change.replica.dropLast(6) {
      found.append(Violation(.wrongName, "\(place) was written again for another member"))
    }
    return found
  }

  /// `record.last` is the newest row of a record, and `log.prev` the one before.
  ///
  /// A replica may purge a record; rows without bytes may stay behind, of which nothing is asked here.
  private func linkViolations() -> [Violation] {
    var found: [Violation] = []
    let rows = Dictionary(entries.map { ($0.pos, $0) }) { first, _ in first }
    var linked: Set<Int64> = []
    for record in records {
      var pos = record.last
      var before = Int64.max
      while pos != 0 {
        guard pos < before, let entry = rows[pos], entry.record == record.num else {
          found.append(Violation(.brokenLinks, "\(place(record)): row \(pos) is not one of its own"))
          break
        }
        linked.insert(pos)
        (before, pos) = (pos, entry.prev)
      }
    }
    for entry in entries
    where entry.record != 0 && (isHub || entry.change != nil) && !linked.contains(entry.pos) {
      found.append(Violation(.brokenLinks, "\(entry.place(name)) is not linked to its record"))
    }
    return found
  }
}
