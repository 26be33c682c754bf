import JSON

extension ValueType {
  /// Checks a value at a field's own path, of a part, or of a list's item.
  func check(_ value: JSON) throws(Violation) {
    switch self {
    case .integer(let range):
      guard let integer = value.integer, range.contains(integer) else { throw Violation(rule: requirement) }
    case .when:
      guard let object = value.object else { throw Violation(rule: requirement) }
      _ = try EventTime(object)
      try Self.checkSize(value)
    case .authors: try Author.check(value)
    case .parts(let parts), .keyed(let parts):
      guard let object = value.object, !object.isEmpty else { throw Violation(rule: requirement) }
      try Self.check(object, parts)
    default:
      guard let text = value.text, admits(text) else { throw Violation(rule: requirement) }
    }
  }

  /// Checks an object of parts; members that only a newer version knows pass, as far as the whole stays
  /// small.
  static func check(_ object: JSONObject, _ parts: [Part]) throws(Violation) {
    for part in parts {
      guard let value = object[part.name] else {
        if part.isRequired {
          throw Violation(rule: "given: " + part.type.requirement, part: part.name.string)
        }
        continue
      }
      do {
        try part.type.check(value)
      } catch {
        throw Violation(rule: error.rule, part: part.name.string)
      }
    }
    try checkSize(.object(object))
  }

  /// The most bytes of a value that is an object.
  static let largestObject = 16_384

  private static func checkSize(_ value: JSON) throws(Violation) {
    guard value.canonical().count <= largestObject else {
      throw Violation(rule: "at most \(largestObject) bytes in all")
    }
  }
}
