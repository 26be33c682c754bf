/// A word that a command takes by its place, such as the `ID` of `event show ID`.
public struct Argument: Sendable, Equatable {
  /// The name in capitals, as the help shows it.
  public let name: String
  /// Whether the command also runs without it.
  public let optional: Bool
  /// Whether it takes every word that is left; only the last argument may repeat.
  public let repeats: Bool
  /// One sentence for the help.
  public let help: String

  /// Describes an argument; a repeating one that is not optional needs at least one word.
  public init(_ name: String, optional: Bool = false, repeats: Bool = false, _ help: String) {
    self.name = name
    self.optional = optional
    self.repeats = repeats
    self.help = help
  }

  /// The form in a usage line: `ID`, `[ID]`, `ID...` or `[ID...]`.
  var synopsis: String {
    let word = repeats ? name + "..." : name
    return optional ? "[" + word + "]" : word
  }
}
