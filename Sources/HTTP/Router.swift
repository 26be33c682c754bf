/// A table of routes, built once and read by the server, the tests and the documentation alike.
///
/// A literal segment wins over a parameter, whatever the order of the table; HEAD is answered by GET's route.
public struct Router<Handler> {
  /// The routes as they were given.
  public let routes: [Route<Handler>]

  @usableFromInline let table: RouteTable

  /// A router of these routes; a pattern that is malformed or stands there twice is a programmer's error.
  @inlinable
  public init(_ routes: [Route<Handler>]) {
    self.routes = routes
    table = RouteTable(routes.map { ($0.method, $0.path) })
  }

  /// A router of lines such as `"GET /v1/records/{id}"`.
  @inlinable
  public init(_ lines: KeyValuePairs<String, Handler>) {
    self.init(
      lines.map { line, handler in
        let parts = line.split(separator: " ")
        precondition(parts.count == 2, "A route is a method, a space and a path: \(line)")
        return Route(String(parts[0]), String(parts[1]), handler)
      })
  }

  /// Finds the route for a method and a decoded path, compared byte by byte.
  @inlinable
  public func match(method: String, path: String) -> RouteMatch<Handler> {
    let match = table.match(method: method, path: path)
    if let index = match.index { return .found(routes[index].handler, parameters: match.parameters) }
    return match.allow.isEmpty ? .notFound : .methodNotAllowed(allow: match.allow)
  }
}

extension Router: Sendable where Handler: Sendable {}
