/// The part of a router that knows nothing of handlers; it is concrete, so that matching is fast everywhere.
@usableFromInline
struct RouteTable: Sendable {
  private struct Entry: Sendable {
    var method: String
    var pattern: RoutePattern
    var index: Int
  }

  private var entries: [Entry]

  @usableFromInline
  init(_ routes: [(method: String, path: String)]) {
    entries = routes.enumerated().map { index, route in
      Entry(method: route.method, pattern: RoutePattern(route.path), index: index)
    }
    for (index, route) in routes.enumerated() {
      let isNew = !routes[..<index].contains { $0 == route }
      precondition(isNew, "A route stands in the table once: \(route.method) \(route.path)")
    }
    entries.sort { $0.pattern.precedes($1.pattern) }
  }

  /// The index and the parameters of the route that fits, or the methods of those whose path alone fits.
  @usableFromInline
  func match(method: String, path: String) -> (index: Int?, parameters: [String: String], allow: [String]) {
    guard path.utf8.first == .slash else { return (nil, [:], []) }
    let parts = path[...].utf8.dropFirst().split(separator: .slash, omittingEmptySubsequences: false)
    var allowed: Set<String> = []
    var bodiless: (index: Int, parameters: [String: String])?
    for entry in entries {
      guard let parameters = entry.pattern.match(parts) else { continue }
      if entry.method == method { return (entry.index, parameters, []) }
      // RFC 9110 §9.3.2: HEAD is GET without the body, which the connection leaves out.
      if method == "HEAD", entry.method == "GET", bodiless == nil { bodiless = (entry.index, parameters) }
      allowed.insert(entry.method)
    }
    if let bodiless { return (bodiless.index, bodiless.parameters, []) }
    if allowed.contains("GET") { allowed.insert("HEAD") }
    return (nil, [:], allowed.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }
}
