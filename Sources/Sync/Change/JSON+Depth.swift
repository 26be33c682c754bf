import JSON

extension JSON {
  /// Whether arrays and objects stand inside one another at most so many levels deep.
  func isNested(atMost levels: Int) -> Bool {
    switch self {
    case .array(let items): levels > 0 && items.allSatisfy { $0.isNested(atMost: levels - 1) }
    case .object(let object): levels > 0 && object.members.allSatisfy { $0.value.isNested(atMost: levels - 1) }
    default: true
    }
  }
}
