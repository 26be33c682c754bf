/// A rule of the table that a value breaks, without the value.
struct Violation: Error, Hashable {
  /// What would be right: "one line of at most 80 characters".
  let rule: String
  /// The part of the value that breaks it, if it is one.
  var part: String?
  /// Whether the rule is a clause of its own.
  private let isClause: Bool

  /// A rule to follow "it must be".
  init(rule: String, part: String? = nil) { (self.rule, self.part, isClause) = (rule, part, false) }

  /// A clause that says what is wrong with what somebody typed, and may repeat it.
  init(saying clause: String) { (rule, part, isClause) = (clause, nil, true) }

  /// The rule as a clause: "'country' must be …" or "it must be …".
  var clause: String { isClause ? rule : (part.map { "'\($0)' must be " } ?? "it must be ") + rule }
}
