/// The sentences for command lines that cannot be run. Each names the fault and the next step.
extension CommandParser {
  func unknownVerb(_ word: String) -> UsageError {
    let message = "\(quoted(word)) is not a command of '\(line)'."
    if let guess { return error(message, "Did you mean '\(guess)'?") }
    let rest = nextWord.map { $0.hasPrefix("-") || !isOneWord($0) ? "" : " " + shown($0) } ?? ""
    let deeper = current.subcommands.filter { $0.subcommand(word) != nil }.map { "'\(line) \($0.name) \(word)\(rest)'" }
    if !deeper.isEmpty {
      return error(message, "Did you mean \(Self.choice(deeper.prefix(3)))?")
    }
    // "pioc event import": what stands at the top takes all kinds.
    if chain.count > 1, let higher = chain[0].subcommand(word), !higher.isHidden {
      let arguments = higher.arguments.isEmpty ? "" : rest
      return error(message, "Did you mean '\(chain[0].name) \(higher.name)\(arguments)'?")
    }
    if word.hasPrefix("–") || word.hasPrefix("—"), let option = pastedOption(word) {
      return copiedDashes(word, meaning: option)
    }
    let parts = word.split(separator: " ").map(String.init)
    if parts.count > 1, current.subcommand(parts[0]) != nil {
      return error(message, "Write it without quotes: \(line) \(shown(word)).")
    }
    let names = current.subcommands.filter { !$0.isHidden }.flatMap { [$0.name] + $0.aliases } + ["help"]
    if let near = NearWord.find(word, among: names) { return error(message, "Did you mean '\(near)'?") }
    return error(message, current.stray.flatMap { $0(shown(word)) }.map { "Did you mean '\($0)'?" })
  }

  func unknownOption(_ name: String) -> UsageError {
    let message = "'\(line)' has no option \(quoted(name))."
    let known = optionsInScope.filter { !$0.hidden }
    if let meant = known.first(where: { $0.synonyms.contains(name.lowercased()) }) {
      return error(message, "Did you mean '\(meant.name)'?")
    }
    if let owner = owner(of: name, below: current, path: line) {
      return error(message, "It belongs to '\(owner)': write it after the verb.")
    }
    return error(message, NearWord.find(name, among: known.map(\.name)).map { "Did you mean '\($0)'?" })
  }

  func unknownShortOption(_ letter: String, in word: String) -> UsageError {
    if let meant = optionsInScope.first(where: { $0.synonyms.contains(word) }) {
      return error("'\(line)' has no option \(quoted(word)).", "Did you mean '\(meant.name)'?")
    }
    let known = optionsInScope.filter { !$0.hidden }.map(\.name)
    let name = "-" + (word.split(separator: "=").first.map(String.init) ?? word)
    if word.count > 2, let meant = NearWord.find(name, among: known) {
      return error("'\(line)' has no option \(quoted(word)).", "Did you mean '\(meant)'?")
    }
    // A title may begin with a hyphen.
    let isWord = word.count > 2 && !current.arguments.isEmpty
    return error(
      "'\(line)' has no option \(quoted(isWord ? word : letter)).",
      isWord ? "If it is no option, write '--' and a blank before it." : nil)
  }

  func missingValue(_ option: Option) -> UsageError {
    let value = option.placeholder ?? "VALUE"
    return error(
      "'\(option.name)' needs a value.",
      "Write '\(option.name) \(value)', or '\(option.name)=\(value)' if the value begins with '-'.")
  }

  func needlessValue(_ option: Option) -> UsageError {
    error("'\(option.name)' takes no value.", "Write '\(option.name)' alone.")
  }

  func repeatedOption(_ option: Option) -> UsageError {
    error("'\(option.name)' may be given only once.", "Leave out all but one.")
  }

  func unexpectedArgument(_ word: String) -> UsageError {
    let message = "Unexpected argument \(quoted(word))."
    if let option = pastedOption(word) { return copiedDashes(word, meaning: option) }
    if let lastValue {
      return error(message, "Quote a value that has blanks: \(lastValue.option) \"\(whole(lastValue, word))\".")
    }
    if word == "help" { return error(message, "Did you mean '\(line) --help'?") }
    if let guess { return error(message, "Did you mean '\(guess)'?") }
    let taken = current.arguments.map(\.synopsis).joined(separator: " ")
    if taken.isEmpty { return error(message, "'\(line)' takes no arguments.") }
    let quoting = current.arguments.count == 1 ? " Put what has blanks in quotes." : ""
    return error(message, "'\(line)' takes only \(taken).\(quoting)")
  }

  func missingArgument(_ argument: Argument) -> UsageError {
    let page = HelpPage(chain: chain, program: chain[0].name, width: 80, style: .plain)
    return error("'\(line)' needs \(argument.name).", "Usage: \(page.usage).")
  }

  func missingVerb() -> UsageError {
    let names = current.subcommands.filter { !$0.isHidden }.map(\.name)
    return error("'\(line)' needs a command.", "Choose \(Self.choice(names[...])).")
  }

  func copiedDashes(_ word: String, meaning option: String) -> UsageError {
    error("\(quoted(word)) begins with a dash of prose.", "Did you mean '\(option)'?")
  }

  /// The option meant by a word whose two hyphens a word processor has turned into a dash.
  func pastedOption(_ word: String) -> String? {
    guard let first = word.unicodeScalars.first, ["–", "—", "−"].contains(first) else { return nil }
    let body = word.unicodeScalars.drop { ["–", "—", "−", "-"].contains($0) }.prefix { $0 != "=" }
    let name = "--" + String(body)
    return optionsInScope.contains { $0.name == name } ? name : nil
  }

  /// A value whose quotes were forgotten, or are those of prose, with all its words.
  private func whole(_ start: (option: String, value: String), _ word: String) -> String {
    let isAssignment = optionsInScope.first { $0.name == start.option }?.placeholder?.contains("=") ?? false
    let sign = isAssignment && !start.value.contains("=") ? "=" : " "
    let text = ([start.value + sign + word] + furtherWords).joined(separator: " ")
    return shown(String(text.filter { !"“”„«»\"".contains($0) }))
  }

  // MARK: Words

  /// The whole line that the words up to the next option were meant to be, where that is another one.
  private var guess: String? {
    guard let guess = CommandGuess.find(plainWords, in: chain[0]) else { return nil }
    let command = guess.path.reduce(chain[0]) { $0.subcommand($1) ?? $0 }
    var words = [chain[0].name] + guess.path
    if command.isGroup {
      guard guess.isPlural, command.subcommand("list") != nil else { return nil }
      words.append("list")
    }
    if !command.arguments.isEmpty {
      let most = command.arguments.last?.repeats == true ? 3 : command.arguments.count
      words += guess.rest.prefix(most).map { $0.contains(" ") ? "\"\(shown($0))\"" : shown($0) }
    }
    return guess.path == path ? nil : words.joined(separator: " ")
  }

  /// The program and the verbs so far: `pioc event`.
  private var line: String { chain.map(\.name).joined(separator: " ") }

  private func error(_ message: String, _ advice: String?) -> UsageError {
    let more = "Try '\(line) --help'."
    return UsageError(message: message, hint: advice.map { $0 + " " + more } ?? more, path: path)
  }

  /// Whether a word can stand in a line without quotes.
  private func isOneWord(_ word: String) -> Bool { !word.isEmpty && !word.contains { $0 == " " || $0 == "'" } }

  private func quoted(_ word: String) -> String { "'" + shown(word) + "'" }

  private func shown(_ word: String) -> String {
    DisplayWidth.clip(TerminalSafe.line(word), to: 60)
  }

  /// The first command below that declares the option itself.
  private func owner(of name: String, below command: Command, path: String) -> String? {
    for next in command.subcommands {
      let nextPath = path + " " + next.name
      if next.options.contains(where: { $0.name == name && !$0.hidden }) { return nextPath }
      if let found = owner(of: name, below: next, path: nextPath) { return found }
    }
    return nil
  }

  /// Joins as a sentence does: "a", "a or b", "a, b or c".
  private static func choice(_ words: ArraySlice<String>) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
