public import JSON

/// One live value at one path, with the name and time of the change that wrote it.
public struct Cell: Hashable, Sendable {
  /// Where the value stands.
  public let path: Path
  /// The change that wrote it.
  public let name: ChangeName
  /// The smaller of the writer's clock and the hub's clock at acceptance, in milliseconds; display only.
  public let time: Int64
  /// The value; `null` is a cleared field.
  public let value: JSON

  /// A cell from its parts.
  public init(path: Path, name: ChangeName, time: Int64, value: JSON) {
    self.path = path
    self.name = name
    self.time = time
    self.value = value
  }

  /// The order of cells in a state: by path, then by name.
  static func precedes(_ a: Cell, _ b: Cell) -> Bool { a.path == b.path ? a.name < b.name : a.path < b.path }

  /// Whether this cell is shown before another while both live: greater (time, name) first.
  public func isShownBefore(_ other: Cell) -> Bool {
    time == other.time ? other.name < name : other.time < time
  }
}
