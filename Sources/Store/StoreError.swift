/// A file whose contents contradict themselves; nothing is guessed, nothing is overwritten.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in one sentence.
  public let description: String

  /// An error from its sentence.
  public init(_ description: String) { self.description = description }
}
