/// A cell that was replaced before it arrived: when its change comes, it writes nothing at this path.
public struct AwaitedMark: Hashable, Comparable, Sendable {
  /// Where the cell would stand.
  public let path: Path
  /// The change that has not arrived.
  public let name: ChangeName

  /// Orders by path, then by name.
  public static func < (a: AwaitedMark, b: AwaitedMark) -> Bool {
    a.path == b.path ? a.name < b.name : a.path < b.path
  }
}
