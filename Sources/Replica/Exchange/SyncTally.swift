/// What a sync did, in numbers.
public struct SyncTally: Hashable, Sendable {
  /// Own changes that the hub accepted now.
  public var accepted = 0
  /// Own changes that the hub refused now.
  public var refused = 0
  /// Changes of others that came.
  public var received = 0
  /// Whole records that came as states.
  public var states = 0
  /// Records that were erased, or are no longer this replica's to see.
  public var removed = 0
  /// Erasures that a restored hub had forgotten and that were written again.
  public var erasedAgain = 0

  /// Nothing yet.
  public init() {}

  static func + (a: SyncTally, b: SyncTally) -> SyncTally {
    var sum = a
    sum.accepted += b.accepted
    sum.refused += b.refused
    sum.received += b.received
    sum.states += b.states
    sum.removed += b.removed
    sum.erasedAgain += b.erasedAgain
    return sum
  }
}
