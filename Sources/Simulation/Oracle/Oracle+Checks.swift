import Crypto
public import SQLite

extension Oracle {
  /// Checks one file by itself and against what it promised: after a crash, and at the end.
  public mutating func check(_ connection: Connection, file name: String, isHub: Bool) throws -> [Violation] {
    do {
      let file = try OracleFile(connection, name: name, isHub: isHub, cache: cache)
      return isHub ? checkHub(file, HubHistory(file)) : checkReplica(file)
    } catch let error as SQLiteError where error.isCorrupt || error.isNotADatabase {
      return [Violation(.damagedFile, "\(name): \(error)")]
    }
  }

  mutating func checkHub(_ file: OracleFile, _ history: HubHistory) -> [Violation] {
    self.history = history
    for entry in file.entries where systems[entry.replica] != nil {
      if let change = entry.change { note(change) }
    }
    let dots = file.entriesByDot()
    var found = file.logViolations() + file.hubViolations(history) + inventions(file)
    found += systemViolations(file, history)
    for told in acknowledgements.values {
      if let complaint = told.complaint(dots[told.dot], history) {
        found.append(Violation(.lostAcknowledgement, complaint))
      }
    }
    return found
  }

  /// Whether a reader of the feed knows of every change up to its cursor.
  ///
  /// - Parameter told: the seq of the last entry that told of a record, by its id.
  public func lacks(of reader: String, at cursor: [UInt8], told: [[UInt8]: Int64]) -> [Violation] {
    guard let history, let cursor = OracleCursor(cursor), !cursor.readsStates, history.holds(cursor) == true else {
      return []
    }
    return history.all.compactMap { record in
      guard let last = record.changes.last(where: { $0.seq <= cursor.seq })?.seq else { return nil }
      if let seq = told[record.record], seq >= last { return nil }
      return Violation(.readerLacks, "\(reader) is at \(cursor.seq) and was not told of seq \(last)")
    }
  }

  mutating func checkReplica(_ file: OracleFile) -> [Violation] {
    if unsure.remove(file.name) != nil { adopt(file) }
    var found =
      file.logViolations() + file.replicaViolations(givenUp: givenUp) + inventions(file) + unsaved(file)
    if let history { found += file.violations(beside: history, wasRestored: wasRestored) }
    return found
  }

  /// Takes what a command wrote that ended without an answer.
  private mutating func adopt(_ file: OracleFile) {
    for entry in file.entries where entry.replica == file.replica && written[entry.name] == nil {
      if let change = entry.change, !change.isWrittenAgain { note(change) }
    }
  }

  /// Every change in a log was written by somebody, with these bytes.
  private func inventions(_ file: OracleFile) -> [Violation] {
    file.entries.compactMap { entry in
      var place: String { entry.place(file.name) }
      if entry.isDisplaced, !file.isHub, entry.change == nil { return nil }
      if entry.fate == .marker, file.isHub, wasRestored, entry.change == nil { return nil }
      if let known = written[entry.name] {
        guard let change = entry.change else {
          let isFirst = entry.isRenamed || entry.hash == known.hash
          return isFirst ? nil : Violation(.invention, "\(place) has another hash than what was written")
        }
        return change.firstHash == known.hash
          ? nil : Violation(.invention, "\(place) has other bytes than were written")
      }
      // The engine writes an erasure again that a restored hub has forgotten, and forgets its bytes like
      // others'.
      if let change = entry.change {
        let isErasureAgain = change.erases && erased.contains(change.record)
        return isErasureAgain ? nil : Violation(.invention, "\(place): nobody wrote it")
      }
      // Of a duplicate the hub keeps no name, and a replica none of others' changes that it had to forget:
      // those of an erased record, or of one that a restored hub does not have.
      if entry.fate == .duplicate || !erased.isEmpty || (!file.isHub && wasRestored) { return nil }
      return Violation(.invention, "\(place): nobody wrote it")
    }
  }

  /// What a file must keep by promise is in it.
  private func unsaved(_ file: OracleFile) -> [Violation] {
    guard let promised = kept[file.name] else { return [] }
    let missing = promised.subtracting(file.entries.map(\.name))
    guard !missing.isEmpty else { return [] }
    // A dot under a former id may have been taken by the change of another copy; number and hash stay.
    let displaced = file.entries.filter(\.isDisplaced)
    return missing.sorted().filter { name in
      !displaced.contains { $0.n == name.n && $0.hash.prefix == name.hash }
    }
    .map { Violation(.notSaved, "\(file.name) lacks \($0)") }
  }
}
