/// Why a change is refused for good: a stable code and a sentence for people.
public struct Rejection: Error, Hashable, Sendable {
  /// The stable code.
  public let code: ProblemCode
  /// A sentence that says what is wrong, without values of the record.
  public let detail: String

  /// A rejection from its parts.
  public init(_ code: ProblemCode, _ detail: String) {
    self.code = code
    self.detail = detail
  }
}
