public import Sync

/// Why a whole request is refused: nothing of it was stored.
public struct HubRefusal: Error, Sendable {
  /// The stable code.
  public let code: ProblemCode
  /// What is wrong, in one sentence.
  public let detail: String
  /// The last change of the asking replica that the hub holds, where the sender needs it to go on.
  public var own: OwnPoint?
  /// The number that the hub expects next, for a gap.
  public var expected: Int64?
  /// The media types that are taken, where another one came (RFC 9110 §15.5.16).
  public var accept: String?
  /// What went wrong beneath, for the hub's own log: it may name files and SQL, and is never told to who asked.
  public var cause: String?
  /// After how many seconds asking again makes sense.
  public var retryAfterSeconds: Int?

  /// A refusal because of an error that is not the sender's.
  init(_ code: ProblemCode, _ detail: String, because error: any Error) {
    self.init(code, detail)
    cause = FailureCause.describe(error)
  }

  /// A refusal from its parts.
  public init(_ code: ProblemCode, _ detail: String, own: OwnPoint? = nil, expected: Int64? = nil) {
    self.code = code
    self.detail = detail
    self.own = own
    self.expected = expected
  }
}
