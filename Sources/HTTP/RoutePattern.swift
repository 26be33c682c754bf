/// A path pattern, taken apart: literal segments and named ones.
struct RoutePattern: Sendable {
  private enum Segment: Sendable {
    case literal([UInt8])
    case parameter(String)
  }

  private let segments: [Segment]

  init(_ path: String) {
    precondition(path.utf8.first == .slash, "A route's path begins with a slash: \(path)")
    segments = path.utf8.dropFirst().split(separator: .slash, omittingEmptySubsequences: false).map { part in
      guard part.first == UInt8(ascii: "{") else { return .literal(Array(part)) }
      precondition(part.last == UInt8(ascii: "}") && part.count > 2, "A parameter is {name}: \(path)")
      return .parameter(String(Substring(part.dropFirst().dropLast())))
    }
  }

  /// The parameters of a path that fits, or nil.
  func match(_ parts: [Substring.UTF8View]) -> [String: String]? {
    guard parts.count == segments.count else { return nil }
    for (segment, part) in zip(segments, parts) {
      switch segment {
      case .literal(let bytes): guard part.elementsEqual(bytes) else { return nil }
      case .parameter: guard !part.isEmpty else { return nil }
      }
    }
    var parameters: [String: String] = [:]
    for case (.parameter(let name), let part) in zip(segments, parts) {
      parameters[name] = String(Substring(part))
    }
    return parameters
  }

  /// Whether this pattern is asked before another one: a literal segment counts more than a parameter.
  ///
  /// Ordered by length first, since patterns of different lengths never compete and sorting needs an order.
  func precedes(_ other: RoutePattern) -> Bool {
    guard segments.count == other.segments.count else { return segments.count < other.segments.count }
    for (mine, others) in zip(segments, other.segments) {
      switch (mine, others) {
      case (.literal, .parameter): return true
      case (.parameter, .literal): return false
      default: continue
      }
    }
    return false
  }
}
