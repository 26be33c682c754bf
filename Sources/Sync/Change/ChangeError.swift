/// A change that cannot even be given a fate: it names no dot, or no record.
public struct ChangeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in one sentence.
  public let description: String

  /// An error from its sentence.
  public init(_ description: String) { self.description = description }
}
