/// A change that cannot even be given a fate: it names no dot, or no record.
public struct ChangeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in one sentence.
  public let description: String
  /// Why a hub would refuse the change, where it could be named.
  public let rejection: Rejection?

  /// An error from its sentence.
  public init(_ description: String, rejection: Rejection? = nil) {
    (self.description, self.rejection) = (description, rejection)
  }
}
