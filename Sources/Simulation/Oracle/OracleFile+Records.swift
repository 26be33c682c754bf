import Crypto

/// What any file's table of records must hold to.
extension OracleFile {
  /// Checks the columns that follow from a record's own states.
  func columnViolations(_ record: FileRecord) -> [Violation] {
    var place: String { self.place(record) }
    var found: [Violation] = []
    if let hash = record.hash, hash != record.base?.hash ?? record.state.hash {
      found.append(Violation(.stateHash, "\(place) keeps the hash \(hash)"))
    }
    if let base = record.base {
      if base.state == nil {
        found.append(Violation(.stateBytes, "\(place) has a base that is not canonical"))
      }
      if record.hash == nil { found.append(Violation(.stateHash, "\(place) has a base without a hash")) }
    }
    guard let known = record.state.state else {
      return found + [Violation(.stateBytes, "\(place) is not in canonical bytes")]
    }
    for state in [known.state, record.base?.state?.state].compactMap(\.self)
    where state.record != record.id || state.kind != record.kind {
      found.append(
        Violation(.stateBytes, "\(place) has a state of \(state.record.shown), \(state.kind.shown)"))
    }
    if record.deleted != known.deleted {
      found.append(Violation(.wrongDeleted, "\(place) says \(record.deleted), not \(known.deleted)"))
    }
    if record.conflicts != known.conflicts {
      found.append(Violation(.wrongConflicts, "\(place) says \(record.conflicts), not \(known.conflicts)"))
    }
    return found
  }

  /// Where a record stands, for people.
  func place(_ record: FileRecord) -> String { "\(name) record \(record.id.shown)" }

  /// What differs between a state and what it should be; nothing if they are the same.
  func difference(
    _ place: @autoclosure () -> String, _ found: KnownState?, _ expected: NaiveState, _ hash: Digest? = nil
  ) -> [Violation] {
    guard let found, found.hash != hash ?? expected.hash else { return [] }
    let place = place()
    let state = found.state
    guard state.isErased == expected.isErased else {
      return [Violation(.wrongErasure, "\(place) is \(state.isErased ? "erased" : "not erased")")]
    }
    var violations: [Violation] = []
    for (spot, cell) in expected.cells {
      guard let other = state.cells[spot] else {
        violations.append(Violation(.missingCell, "\(place) lacks \(spot)"))
        continue
      }
      if other.value != cell.value { violations.append(Violation(.wrongValue, "\(place) at \(spot)")) }
      if other.time != cell.time {
        violations.append(Violation(.wrongTime, "\(place) at \(spot): \(other.time), not \(cell.time)"))
      }
    }
    for spot in state.cells.keys where expected.cells[spot] == nil {
      violations.append(Violation(.extraCell, "\(place) has \(spot)"))
    }
    if state.awaited != expected.awaited {
      violations.append(
        Violation(
          .wrongMarks, "\(place) waits for \(state.awaited.sorted()), not \(expected.awaited.sorted())"))
    }
    if violations.isEmpty { violations.append(Violation(.stateBytes, "\(place) differs in kind or id")) }
    return violations.sorted { $0.detail < $1.detail }
  }
}
