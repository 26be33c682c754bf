public import JSON

/// One field of a kind of records: its name, how it merges, what it holds, and what to tell people about it.
///
/// A class, since it is looked up for every value that is checked and a copy would count references of all its parts.
public final class Field: Sendable {
  /// The name in paths and documents: `relatedEvents`.
  public let name: Text
  /// The name for people: `Related events`.
  public let label: String
  /// What one value is called on a command line: `related-event`.
  public let option: String
  /// How its values stand in a record.
  public let rule: Rule
  /// What it holds.
  public let type: ValueType
  /// Whether a record must have it.
  public let presence: Presence
  /// Whether it tells, or may tell, something about a person.
  public let isPersonal: Bool
  /// Whether a search in full text looks at it.
  public let isSearched: Bool
  /// Whether elements that differ only in case are one.
  public let isCaseFolded: Bool
  /// The most elements that one record may be given; one for a field without keys.
  public let maximumElements: Int
  /// What to type, with an example.
  public let help: String

  init(
    _ name: Text, _ label: String, option: String? = nil, _ rule: Rule = .plain, _ type: ValueType,
    presence: Presence = .optional, personal: Bool = false, searched: Bool = false, caseFolded: Bool = false,
    maximum: Int = 1,
    help: String
  ) {
    self.name = name
    self.label = label
    self.option = option ?? name.string
    self.rule = rule
    self.type = type
    self.presence = presence
    isPersonal = personal
    isSearched = searched
    isCaseFolded = caseFolded
    maximumElements = maximum
    self.help = help
  }

  /// Whether a record cannot be without it: it can be written again but not cleared.
  public var isRequired: Bool { presence != .optional }

  /// Whether its values have keys, so that there may be several.
  public var isKeyed: Bool {
    switch rule {
    case .plain, .composite: false
    case .set, .reference, .list: true
    }
  }
}
