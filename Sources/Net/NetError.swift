internal import Glibc

/// A system call that failed, and why.
public struct NetError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was tried, as the name of the call.
  public let operation: String
  /// The number that the system gave (`errno`), or 0 for a name that could not be resolved.
  public let code: Int32
  /// The reason as a text.
  public let reason: String

  init(_ operation: String, code: Int32) {
    self.operation = operation
    self.code = code
    reason = String(cString: strerror(code))
  }

  init(resolving host: String, result: Int32) {
    operation = "getaddrinfo(\(host))"
    code = 0
    reason = String(cString: gai_strerror(result))
  }

  /// The call and the reason.
  public var description: String { "\(operation): \(reason)" }
}
