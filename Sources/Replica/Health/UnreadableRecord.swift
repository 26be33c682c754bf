public import Sync

/// A record whose stored state cannot be read: its bytes went bad on the disk.
public struct UnreadableRecord: Hashable, Sendable {
  /// From where it can be had again.
  public enum Remedy: String, Hashable, Sendable {
    /// From the hub, with the own changes that it does not hold yet applied again.
    case hub
    /// From own changes alone: the hub has never had it.
    case ownChanges
    /// From nowhere without losing own changes, which cannot be read either.
    case none
  }

  /// The record.
  public let id: RecordID
  /// From where it can be had again.
  public let remedy: Remedy

  /// A record from its parts.
  public init(id: RecordID, remedy: Remedy) {
    self.id = id
    self.remedy = remedy
  }
}
