public import JSON

/// One thing that a change does to a record.
public enum Operation: Hashable, Sendable {
  /// Writes a value at a path and replaces the live cells that the writer saw there.
  case put(Path, value: JSON, over: [ChangeName])
  /// Removes an element: the live cells that the writer saw there go, others stay (add wins).
  case drop(Path, over: [ChangeName])
  /// Removes every value of the record for good, and wins over any other change, earlier or later.
  case erase

  /// The path that is written, if it is one.
  public var path: Path? {
    switch self {
    case .put(let path, _, _), .drop(let path, _): path
    case .erase: nil
    }
  }

  /// The names that this operation replaces.
  public var over: [ChangeName] {
    switch self {
    case .put(_, _, let over), .drop(_, let over): over
    case .erase: []
    }
  }
}
