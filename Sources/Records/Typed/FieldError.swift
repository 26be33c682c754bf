/// Something that a person typed, or a document holds, that the table does not allow.
public struct FieldError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence that says what would be right, without the value.
  public let message: String

  /// An error from its sentence.
  public init(_ message: String) { self.message = message }

  init(_ violation: Violation, _ field: Field) {
    self.init("\(field.name): \(violation.clause)")
  }

  /// The sentence.
  public var description: String { message }
}
