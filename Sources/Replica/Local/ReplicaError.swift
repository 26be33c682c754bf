public import Sync

/// Something that a person asked of a replica and that cannot be done.
public enum ReplicaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no replica in this place.
  case notAReplica
  /// There is one already.
  case alreadyAReplica(ReplicaID)
  /// It has no hub yet.
  case notJoined
  /// No record has an id that begins so.
  case noSuchRecord(String)
  /// Several records have an id that begins so.
  case ambiguous(String, [RecordID])
  /// The record was erased for good.
  case erased(RecordID)
  /// There is nothing to do: the record is already so.
  case nothingToDo(String)
  /// The change would break a rule.
  case refused(Rejection)

  /// What is wrong, in one sentence.
  public var description: String {
    switch self {
    case .notAReplica: "There is no replica here yet."
    case .alreadyAReplica(let id): "There is a replica here already: \(id)."
    case .notJoined: "This replica has not joined a hub yet."
    case .noSuchRecord(let text): "No record has an id that begins with '\(text)'."
    case .ambiguous(let text, let ids): "'\(text)' could be any of \(ids.count) records."
    case .erased(let id): "Record \(id) was erased for good."
    case .nothingToDo(let why): why
    case .refused(let rejection): "That cannot be written: \(rejection.detail)."
    }
  }
}
