/// A rule of the table that a value breaks, without the value.
struct Violation: Error, Hashable {
  /// What would be right: "one line of at most 80 characters".
  let rule: String
  /// The part of the value that breaks it, if it is one.
  var part: String?

  /// The rule as a clause: "'country' must be …" or "it must be …".
  var clause: String { (part.map { "'\($0)' must be " } ?? "it must be ") + rule }
}
