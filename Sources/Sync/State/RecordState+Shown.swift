public import JSON

extension RecordState {
  /// The cell that is shown at a path: the greatest (time, name), but the strictest value of `visibility`.
  public func shown(_ path: Path) -> Cell? {
    cells(at: path).min { Self.isShownBefore($0, $1) }
  }

  /// The shown value at a path; a cleared field has none.
  public func value(_ path: Path) -> JSON? {
    guard let value = shown(path)?.value, value != .null else { return nil }
    return value
  }

  /// The order in which concurrent cells of one path are shown; clocks decide this and nothing else.
  static func isShownBefore(_ a: Cell, _ b: Cell) -> Bool {
    if a.path.field == visibility, a.path.key == nil {
      let (x, y) = (strictness(a.value), strictness(b.value))
      if x != y { return x > y }
    }
    return a.isShownBefore(b)
  }

  static let visibility: Text = "visibility"

  /// How narrow a visibility is; one that this version does not know counts as the narrowest that is not sealed.
  static func strictness(_ value: JSON) -> Int {
    switch value {
    case .string("public"): 0
    case .string("network"): 1
    case .string("city"): 3
    case .string("sealed"): 5
    case .null: 1  // a cleared field is at its default
    case .object, .array: 2
    default: 4
    }
  }
}
