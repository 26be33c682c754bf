/// An answer as a client gets it: whole, and without its transfer coding.
public struct ReceivedResponse: Sendable, Equatable {
  /// The status; 100 to 199 come before the answer itself and have no body.
  public var status: Int
  /// The field lines.
  public var fields: HTTPFields
  /// The body.
  public var body: [UInt8]
  /// Whether the connection ends with this answer.
  public var closes: Bool
}
