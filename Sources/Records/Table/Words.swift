public import JSON

/// The words that a field takes.
public struct Words: Hashable, Sendable {
  /// The words that everybody knows.
  public let known: [Text]
  /// Whether other words are valid too.
  public let isOpen: Bool

  /// The longest word of an open list, in Unicode scalars.
  public static let limit = TextLimit(40)

  /// A list that is complete.
  static func closed(_ known: Text...) -> Words { Words(known: known, isOpen: false) }

  /// A list of examples: any other short line is valid too.
  static func open(_ known: Text...) -> Words { Words(known: known, isOpen: true) }
}
