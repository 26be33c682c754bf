/// What the user typed, understood: which command, with which options and arguments.
public struct Invocation: Sendable {
  /// The canonical names below the root: `["event", "add"]`, also when an alias was typed.
  public var path: [String]
  /// The words taken by their place.
  public var arguments: [String]
  /// The options in the order typed, under their long names; flags have no value.
  public var occurrences: [(option: String, value: String?)]
  /// Whether help is asked for; then the arguments have not been checked.
  public var wantsHelp: Bool

  /// Makes an invocation, as the parser does.
  public init(
    path: [String], arguments: [String] = [], occurrences: [(option: String, value: String?)] = [],
    wantsHelp: Bool = false
  ) {
    self.path = path
    self.arguments = arguments
    self.occurrences = occurrences
    self.wantsHelp = wantsHelp
  }

  /// Whether the option was typed, by its long name: `flag("--json")`.
  public func flag(_ name: String) -> Bool {
    occurrences.contains { $0.option == name }
  }

  /// The last value of the option.
  public func value(_ name: String) -> String? {
    occurrences.last { $0.option == name }?.value
  }

  /// All values of the option, in the order typed.
  public func values(_ name: String) -> [String] {
    occurrences.compactMap { $0.option == name ? $0.value : nil }
  }
}
