/// Something that a person typed, or a document holds, that the table does not allow.
public struct FieldError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One sentence that says what would be right, without the value.
  public let message: String

  /// Whether a field is missing that its kind needs.
  public let isMissing: Bool

  /// An error from its sentence.
  public init(_ message: String, isMissing: Bool = false) { (self.message, self.isMissing) = (message, isMissing) }

  init(_ violation: Violation, _ field: Field) {
    self.init("\(field.name): \(violation.clause)")
  }

  /// The sentence.
  public var description: String { message }
}
