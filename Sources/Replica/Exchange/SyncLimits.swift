public import Sync

/// How much one sync may take away before somebody has to agree to it.
public struct SyncLimits: Hashable, Sendable {
  /// The most records that it may delete, erase or drop.
  public var removed: Int
  /// The most records of which it may overwrite values.
  public var overwritten: Int
  /// The distance to the head of the hub's log beyond which all of it is looked at before any of it is applied.
  ///
  /// An entry of the log concerns one record, so fewer entries than the smallest limit cannot exceed any.
  public var lookBeyond: Int64

  /// Limits from their parts.
  public init(removed: Int = 50, overwritten: Int = 500, lookBeyond: Int64? = nil) {
    self.removed = removed
    self.overwritten = overwritten
    self.lookBeyond = lookBeyond ?? Int64(min(removed, overwritten))
  }

  /// Whether so much needs somebody's word.
  public func areExceeded(by weight: SyncWeight) -> Bool {
    weight.removed > removed || weight.overwritten > overwritten
  }
}

/// What a sync would take away, on one of its two ways.
public struct SyncWeight: Hashable, Sendable {
  /// Whether it would happen to this replica's records; otherwise to everybody's, by what this replica sends.
  public let isIncoming: Bool
  /// Records that would be deleted, erased or dropped.
  public let removed: Int
  /// Other records of which values would be overwritten.
  public let overwritten: Int
  /// Some of the records that would be removed, or else of those overwritten.
  public let examples: [RecordID]
}
