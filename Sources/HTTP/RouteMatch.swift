/// What a route table says about a method and a path.
public enum RouteMatch<Handler> {
  /// A route fits; its parameters are the segments that stand for `{name}`.
  case found(Handler, parameters: [String: String])
  /// The path is known, but not with this method: 405 with these methods in `Allow`.
  case methodNotAllowed(allow: [String])
  /// Nothing is at this path: 404.
  case notFound
}
