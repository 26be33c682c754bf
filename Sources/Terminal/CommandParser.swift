/// Walks the words of one command line down a tree of commands.
///
/// The first fault is remembered and the walk goes on, because a `--help` further on outweighs it.
struct CommandParser {
  /// The commands from the root to the deepest one named so far.
  private(set) var chain: [Command]
  private let words: [String]
  private var position = 0
  private var optionsEnded = false
  private var result = Invocation(path: [])
  private var fault: UsageError?
  /// The words so far that are no options and no values of such.
  private var typed: [String] = []
  /// The option whose separate value was the word just before, to guess at forgotten quotes.
  private(set) var lastValue: (option: String, value: String)?

  init(root: Command, words: [String]) {
    chain = [root]
    self.words = words
  }

  /// The word after the one being read.
  var nextWord: String? { position < words.count ? words[position] : nil }

  /// The words after the one being read, up to the next option.
  var furtherWords: [String] { words[position...].prefix { !$0.hasPrefix("-") } + [] }

  /// The commands, arguments and further words up to the next option: what was typed without options.
  var plainWords: [String] { typed + words[position...].prefix { !$0.hasPrefix("-") } }

  /// The names below the root of the deepest command so far.
  var path: [String] { chain.dropFirst().map(\.name) }

  /// The deepest command named so far; the chain always holds the root.
  var current: Command { chain[chain.count - 1] }

  mutating func run() throws(UsageError) -> Invocation {
    result.wantsHelp = words.isEmpty && current.isGroup
    while position < words.count {
      let word = words[position]
      position += 1
      if optionsEnded || !isOption(word) {
        typed.append(word)
        try take(word)
      } else if word == "--" {
        optionsEnded = true
      } else if word.hasPrefix("--") {
        takeLong(word)
      } else {
        takeShort(word)
      }
    }
    result.path = path
    if result.wantsHelp { return result }
    if let fault = fault ?? missingPart() { throw fault }
    return result
  }

  private mutating func note(_ error: UsageError) {
    fault = fault ?? error
  }

  // MARK: Verbs and arguments

  private mutating func take(_ word: String) throws(UsageError) {
    defer { lastValue = nil }
    let command = current
    if !command.subcommands.isEmpty, result.arguments.isEmpty {
      if let next = command.subcommand(word) {
        chain.append(next)
        return
      }
      if command.isGroup {
        guard word == "help", !optionsEnded else { throw fault ?? unknownVerb(word) }
        result.wantsHelp = true
        return
      }
    }
    let takesAny = command.arguments.last?.repeats ?? false
    if takesAny || result.arguments.count < command.arguments.count {
      if !optionsEnded, let option = pastedOption(word) { note(copiedDashes(word, meaning: option)) }
      result.arguments.append(word)
    } else {
      note(unexpectedArgument(word))
    }
  }

  private func missingPart() -> UsageError? {
    if current.isGroup { return missingVerb() }
    let needed = current.arguments.filter { !$0.optional }
    return result.arguments.count < needed.count ? missingArgument(needed[result.arguments.count]) : nil
  }

  // MARK: Options

  /// Whether the word is an option and not "-", a negative number or plain text.
  private func isOption(_ word: String) -> Bool {
    guard word.hasPrefix("-"), word != "-" else { return false }
    return !Self.isNegativeNumber(word) || option(short: word.prefix(2)) != nil
  }

  /// Whether the word is "-" and digits, with a fraction or without.
  static func isNegativeNumber(_ word: String) -> Bool {
    let body = word.utf8.dropFirst()
    let digits = body.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let points = body.count { $0 == UInt8(ascii: ".") }
    return word.utf8.first == UInt8(ascii: "-") && digits > 0 && points <= 1 && digits + points == body.count
  }

  /// The options understood here; those of the deepest command come first.
  var optionsInScope: [Option] {
    chain.reversed().flatMap(\.options) + [.help]
  }

  private func option(short: Substring) -> Option? {
    optionsInScope.first { $0.short.map { $0 == short } ?? false }
  }

  private mutating func takeLong(_ word: String) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let attached = parts.count > 1 ? String(parts[1]) : nil
    lastValue = nil
    guard let option = optionsInScope.first(where: { $0.name == name }) else {
      return note(unknownOption(name))
    }
    if option.takesValue {
      takeValue(of: option, attached: attached)
    } else if attached != nil {
      note(needlessValue(option))
    } else {
      record(option, nil)
    }
  }

  /// Takes `-j`, joined flags as in `-jq`, and a value as in `-o FILE`, `-oFILE` or `-o=FILE`.
  private mutating func takeShort(_ word: String) {
    lastValue = nil
    var rest = word.dropFirst()
    while let letter = rest.popFirst() {
      guard let option = option(short: "-" + String(letter)[...]) else {
        return note(unknownShortOption("-" + String(letter), in: word))
      }
      if option.takesValue {
        let attached = rest.first == "=" ? rest.dropFirst() : rest
        return takeValue(of: option, attached: rest.isEmpty ? nil : String(attached))
      }
      if rest.first == "=" { return note(needlessValue(option)) }
      record(option, nil)
    }
  }

  private mutating func takeValue(of option: Option, attached: String?) {
    if let attached { return record(option, attached) }
    guard let value = nextWord, Self.standsAsValue(value) else { return note(missingValue(option)) }
    position += 1
    record(option, value)
    lastValue = (option.name, value)
  }

  private static func standsAsValue(_ word: String) -> Bool {
    !word.hasPrefix("-") || word == "-" || isNegativeNumber(word)
  }

  private mutating func record(_ option: Option, _ value: String?) {
    if option == .help {
      result.wantsHelp = true
      return
    }
    let isOwn = current.options.contains { $0.name == option.name }
    if isOwn, option.takesValue, !option.repeats, result.flag(option.name) {
      note(repeatedOption(option))
    }
    result.occurrences.append((option.name, value))
  }
}
