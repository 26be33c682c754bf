/// Something that the oracle found to be wrong.
public struct Violation: Hashable, Sendable, CustomStringConvertible {
  /// What it is.
  public let kind: ViolationKind
  /// Where, and what was expected.
  public let detail: String

  init(_ kind: ViolationKind, _ detail: String) {
    self.kind = kind
    self.detail = detail
  }

  /// Its stable name, for example "lost-change".
  public var name: String { kind.rawValue }

  /// Name and detail.
  public var description: String { "\(name): \(detail)" }
}
