public import Store
public import Sync

/// A record as somebody saw it at some moment: what an edit that takes its time is written against.
public struct SeenRecord: Sendable {
  /// What was shown.
  public let state: RecordState
  private let unaccepted: [Change]

  init(state: RecordState, unaccepted: [Change]) {
    self.state = state
    self.unaccepted = unaccepted
  }

  /// A draft that replaces what was seen, and nothing that has come since.
  public var draft: ChangeDraft { ChangeDraft(state: state, unaccepted: unaccepted) }
}

extension LocalReplica {
  /// The record as it stands now, to be written to later.
  public func seen(_ record: StoredRecord) throws -> SeenRecord {
    SeenRecord(state: record.state, unaccepted: try unaccepted(record))
  }

  /// Writes a draft on a record as it was seen before.
  ///
  /// Whatever was written since, here or elsewhere, is not in the draft's sight: where both wrote, both values stand
  /// beside each other as a conflict, as if the two had been written in two places.
  ///
  /// - Returns: the change, or `nil` if there was nothing to write.
  @discardableResult
  public func write(_ draft: ChangeDraft, at time: Int64) throws -> Change? {
    try store.transaction {
      guard var record = try store.records.find(draft.state.record) else {
        throw ReplicaError.noSuchRecord(draft.state.record.description)
      }
      guard !record.state.isErased else { throw ReplicaError.erased(draft.state.record) }
      return try write(draft, to: &record, kind: record.state.kind, at: time)
    }
  }
}
