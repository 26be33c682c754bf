/// Which interesting things happened, and how often: what never happens is not tested.
public struct Marks: Sendable {
  /// How often each was hit.
  public private(set) var counts: [String: Int] = [:]

  /// Nothing has happened yet.
  public init() {}

  /// Something happened.
  public mutating func hit(_ mark: String) { counts[mark, default: 0] += 1 }

  /// Adds what happened in another world.
  public mutating func add(_ other: Marks) { counts.merge(other.counts, uniquingKeysWith: +) }
}
