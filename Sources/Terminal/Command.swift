/// A program or one of its verbs: a value that both the parser and the help read.
///
/// The root command carries the program's name and its global options; subcommands inherit the options of
/// all commands above them. A command with subcommands and no arguments of its own only groups them.
public struct Command: Sendable {
  /// The canonical name, which is what `Invocation.path` holds.
  public let name: String
  /// Other words that mean the same command: `ls` for `list`.
  public let aliases: [String]
  /// Words that people use for the same and that are not taken, but lead here: `remove` for `rm`.
  public let synonyms: [String]
  /// Whether help and suggestions leave the command out; it is run all the same.
  public let isHidden: Bool
  /// One sentence, shown in the list of commands and at the top of its own help.
  public let summary: String
  /// Further paragraphs, parted by empty lines; indented lines are kept as they are.
  public let discussion: String
  /// Whole command lines, shown as they are.
  public let examples: [String]
  /// The options of this command and of everything below it.
  public let options: [Option]
  /// The words it takes by their place.
  public let arguments: [Argument]
  /// The verbs below it, in the order in which the help lists them.
  public let subcommands: [Command]
  /// The command line that a word was meant for which is no command at all, such as the id of a record.
  public let stray: (@Sendable (String) -> String?)?

  /// Describes a command.
  public init(
    _ name: String, aliases: [String] = [], synonyms: [String] = [], isHidden: Bool = false, summary: String,
    discussion: String = "", examples: [String] = [], options: [Option] = [], arguments: [Argument] = [],
    subcommands: [Command] = [], stray: (@Sendable (String) -> String?)? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.synonyms = synonyms
    self.isHidden = isHidden
    self.summary = summary
    self.discussion = discussion
    self.examples = examples
    self.options = options
    self.arguments = arguments
    self.subcommands = subcommands
    self.stray = stray
  }

  /// Reads the words after the program's name.
  ///
  /// Inherited options may stand before or after the verb, values as `--title TEXT` or `--title=TEXT`. A
  /// separate value may begin with "-" only if it is "-" or a negative number. `--` ends the options.
  /// `--help`, `-h`, a leading `help` and no words at all (where a verb is needed) ask for help: then
  /// nothing else is required or refused, except a verb that does not exist. An option of the verb itself
  /// may be typed once unless it repeats; an inherited one may be typed again and the last counts, so that
  /// a shell alias can be overridden.
  public func parse(_ words: [String]) throws(UsageError) -> Invocation {
    var parser = CommandParser(root: self, words: words)
    return try parser.run()
  }

  /// The help of the command at `path`, ending in a line feed; names that do not exist end the path.
  ///
  /// Prose is wrapped to `width` columns; examples and words longer than a line are left whole.
  public func help(path: [String], width: Int, program: String, style: Style = .plain) -> String {
    var chain = [self]
    for name in path {
      guard let next = chain.last?.subcommand(name) else { break }
      chain.append(next)
    }
    return HelpPage(chain: chain, program: program, width: width, style: style).render()
  }

  /// The subcommand that goes by this name or alias.
  func subcommand(_ word: String) -> Command? {
    subcommands.first { $0.name == word } ?? subcommands.first { $0.aliases.contains(word) }
  }

  /// Whether the command can do nothing without a verb.
  var isGroup: Bool { !subcommands.isEmpty && arguments.isEmpty }
}
