/// What a power loss did to what was unsynced; all zeros if it did not hit anything.
public struct PowerLossReport: Sendable, Equatable {
  /// How many writes and truncations were on the disk in time.
  public internal(set) var kept = 0
  /// How many never reached the disk.
  public internal(set) var dropped = 0
  /// How many writes reached it in part.
  public internal(set) var torn = 0
  /// How many sectors were left as garbage.
  public internal(set) var garbled = 0
  /// How many creations and deletions of files were on the disk in time.
  public internal(set) var namesKept = 0
  /// How many creations and deletions of files were undone.
  public internal(set) var namesDropped = 0

  /// A power loss that hit nothing.
  public init() {}
}
