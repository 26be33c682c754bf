/// A file that cannot be imported at all.
public struct ImportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what would be right, in one sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}
