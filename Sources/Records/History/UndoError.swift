public import Sync

/// Why a change cannot be undone.
public struct UndoError: Error, Hashable, Sendable {
  /// Why it cannot be undone in one place.
  public enum Reason: Hashable, Sendable {
    /// Another change has written there since.
    case writtenSince(ChangeName)
    /// What it wrote has been removed since.
    case removedSince
    /// What it replaced is not known here.
    case unknown
    /// It settled a conflict, so it replaced several values.
    case settled
    /// The record cannot be without a value there.
    case needed
    /// It brought back, or erased, the whole record.
    case life
    /// The record is deleted now.
    case deleted
  }

  /// A place, and why.
  public struct Obstacle: Hashable, Sendable {
    /// Where.
    public let path: Path
    /// Why.
    public let reason: Reason
  }

  /// Every place that stands in the way.
  public let obstacles: [Obstacle]
}
