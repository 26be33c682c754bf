/// A command line that cannot be run, and what to do about it.
///
/// Words of the user are quoted in it with their control characters replaced: it is safe to print.
public struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong, in one sentence.
  public let message: String
  /// What to do next, as in "Did you mean 'event'? Try 'pioc --help'".
  public let hint: String
  /// The deepest command understood before the fault, for showing its help.
  public let path: [String]

  /// Makes an error; programs use it for rules that a `Command` cannot express.
  public init(message: String, hint: String, path: [String]) {
    self.message = message
    self.hint = hint
    self.path = path
  }

  /// The message and the hint on a line each.
  public var description: String {
    hint.isEmpty ? message : message + "\n" + hint
  }
}
