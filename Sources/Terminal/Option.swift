/// One option of a command, such as `--title TEXT` or the flag `--json`.
public struct Option: Sendable, Equatable {
  /// The name as typed, with its two dashes: `--title`.
  public let name: String
  /// The one-letter form with its dash: `-t`.
  public let short: String?
  /// What stands for the value in the help: `TEXT`; nil makes the option a flag.
  public let placeholder: String?
  /// Whether a second occurrence adds a value instead of being refused.
  public let repeats: Bool
  /// Whether help and suggestions leave the option out; it is parsed all the same.
  public let hidden: Bool
  /// Other names, with their dashes, that are not taken but lead here: `--date` for `--when`.
  public let synonyms: [String]
  /// One sentence for the help.
  public let help: String

  /// Describes an option; `value` is the placeholder of its value, nil for a flag.
  public init(
    _ name: String, short: String? = nil, value: String? = nil, repeats: Bool = false,
    hidden: Bool = false, synonyms: [String] = [], _ help: String
  ) {
    self.name = name
    self.short = short.map { $0.hasPrefix("-") ? $0 : "-" + $0 }
    self.placeholder = value
    self.repeats = repeats
    self.hidden = hidden
    self.synonyms = synonyms
    self.help = help
  }

  /// Whether a value has to follow.
  public var takesValue: Bool { placeholder != nil }

  /// The name with its placeholder: `--title TEXT`.
  var synopsis: String {
    placeholder.map { name + " " + $0 } ?? name
  }

  /// The option that every command understands without declaring it.
  static let help = Option("--help", short: "-h", "Show this help.")
}
