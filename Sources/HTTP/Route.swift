/// One line of a route table: a method, a path pattern and what answers it.
public struct Route<Handler> {
  /// The method, in upper case.
  public let method: String
  /// The pattern: a path in which `{name}` stands for any one segment that is not empty.
  public let path: String
  /// What answers.
  public let handler: Handler

  /// A route of its parts.
  public init(_ method: String, _ path: String, _ handler: Handler) {
    self.method = method
    self.path = path
    self.handler = handler
  }
}

extension Route: Sendable where Handler: Sendable {}
