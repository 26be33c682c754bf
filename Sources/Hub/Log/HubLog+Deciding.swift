import JSON
import Store
import Sync

extension HubLog {
  /// What is to be stored of a submission besides its row.
  struct Taken {
    var fate: Fate
    var body: [UInt8]?
    var rewrittenName: ChangeName?
  }

  /// Decides the fate of one submission and applies it to its record.
  func decide(_ offer: Offer, row: inout LogRow) throws -> Taken {
    let submission = offer.submission
    let was = submission.was
    if let was, was.replica.member != submission.replica.member || was.replica == submission.replica {
      // Of another member's name, or of an own one, nothing is believed.
      return try refuse(
        submission.rejection ?? Self.wrongName, name: submission.dotName, was: nil, record: submission.record,
        row: &row)
    }
    // A copy of the file may have brought the same change under another dot before, in either direction.
    if try was != nil || hasRewritten(), let first = try self.row(of: was ?? submission.dotName) {
      row.fate = .duplicate
      row.prev = first.pos
      return Taken(fate: try fate(of: first))
    }
    switch submission {
    case .void(let void):
      try arrive(void.name, record: void.record, row: &row)
      return Taken(fate: .void, rewrittenName: was)
    case .refused(let refused):
      return try refuse(refused.rejection, name: refused.name, was: was, record: refused.record, row: &row)
    case .change(let change):
      return try apply(change, objection: offer.objection, was: was, row: &row)
    }
  }

  private func apply(
    _ change: Change, objection: Rejection?, was: ChangeName?, row: inout LogRow
  ) throws -> Taken {
    var known = try takeRecord(change.record)
    let isKnown = known != nil
    // Taken out of `known`, so that there is one copy and changing it copies nothing.
    var record = try known.take() ?? newRecord(change.record, kind: change.kind)
    if record.state.isErased {
      row.fate = .erased
      enter(&record, row: &row)
      return Taken(fate: .erased(seq: row.pos, time: row.time), rewrittenName: was)
    }
    if let rejection = try kindMismatch(change, record) ?? objection ?? merge(change, into: &record, row: &row) {
      if isKnown { touched[change.record] = record }
      return try refuse(rejection, name: change.name, was: was, record: change.record, row: &row)
    }
    row.fate = .applied
    let previous = record.last
    enter(&record, row: &row)
    if record.state.isErased {
      try store.log.history(from: previous) { earlier in
        try store.log.forgetBody(earlier.pos)
        return true
      }
    }
    return Taken(fate: .applied(seq: row.pos, time: row.time), body: change.bytes, rewrittenName: was)
  }

  private func kindMismatch(_ change: Change, _ record: StoredRecord) -> Rejection? {
    guard record.state.kind != change.kind else { return nil }
    return Rejection(.kindMismatch, "the record is of kind '\(record.state.kind)'")
  }

  /// Applies a change to its record, or says why it cannot be and leaves the record as it was.
  private func merge(_ change: Change, into record: inout StoredRecord, row: inout LogRow) throws -> Rejection? {
    record.addedBytes += change.bytes.count
    // Kept only where the record could become too large, since a kept copy makes every change of it a copy too. A full
    // record must not be refused its own delete, or its restore.
    let isLife = change.operations.allSatisfy { $0.path == .life }
    let before = !isLife && Self.couldBeTooLarge(record.state, record, change) ? record : nil
    let hadMarks = !record.state.awaited.isEmpty
    let effect = try record.state.apply(change, time: min(change.at, row.time)) { try self.row(of: $0) != nil }
    if let before, let rejection = Self.tooLarge(&record) {
      record = before
      record.addedBytes -= change.bytes.count
      return rejection
    }
    row.travelsAsState = hadMarks || effect.touchedMarks
    return nil
  }

  private func refuse(
    _ rejection: Rejection, name: ChangeName, was: ChangeName?, record: RecordID, row: inout LogRow
  ) throws -> Taken {
    try arrive(name, record: record, row: &row)
    row.fate = .rejected
    return Taken(fate: .rejected(rejection), rewrittenName: was)
  }

  /// Clears the marks that a record holds for a name that has come, and lets the row travel as the record's state.
  private func arrive(_ name: ChangeName, record id: RecordID, row: inout LogRow) throws {
    guard var record = try record(id), record.state.arrive(name) else { return }
    row.travelsAsState = true
    enter(&record, row: &row)
  }

  /// Makes a row the newest of its record.
  func enter(_ record: inout StoredRecord, row: inout LogRow) {
    row.record = record.num
    row.prev = record.last
    record.last = row.pos
    record.seq = row.pos
    record.base = .shown
    touched[record.state.record] = record
  }

  private static let wrongName = Rejection(.badName, "the former name is not of another replica of this member")

  /// A cheap bound: what was stored, and the most that each change since can have added.
  private static func couldBeTooLarge(_ state: RecordState, _ record: StoredRecord, _ change: Change) -> Bool {
    let names = change.operations.reduce(1) { $0 + 1 + $1.over.count }
    return state.cells.count + state.awaited.count + names > Limits.cells || record.mostBytes > Limits.stateBytes
  }

  private static func tooLarge(_ record: inout StoredRecord) -> Rejection? {
    if record.state.cells.count + record.state.awaited.count > Limits.cells {
      return Rejection(.recordTooLarge, "a record has at most \(Limits.cells) values")
    }
    guard record.mostBytes > Limits.stateBytes else { return nil }
    let bytes = record.state.canonicalBytes().count
    if bytes > Limits.stateBytes {
      return Rejection(.recordTooLarge, "a record has at most \(Limits.stateBytes) bytes")
    }
    // Known now: the next changes are measured from here, not one by one by writing all of it again.
    record.measured(bytes)
    return nil
  }
}
