/// What may stand where the cursor is on an unfinished command line.
public struct CompletionPoint: Sendable {
  /// A word that can be typed, and what it does.
  public typealias Candidate = (word: String, help: String)

  /// What only the program knows: the ids for an `ID`, the words for a field.
  public enum Wanted: Sendable, Equatable {
    /// Nothing beside the candidates.
    case nothing
    /// A word by its place.
    case argument(Argument)
    /// The value of an option.
    case value(Option)
  }

  /// The words left of the cursor, understood as far as they go.
  public private(set) var invocation = Invocation(path: [])
  /// Verbs or options that begin as the unfinished word does.
  public private(set) var candidates: [Candidate] = []
  /// What else may stand there.
  public private(set) var wanted = Wanted.nothing

  /// Looks at the words after the program's name; the last of them is unfinished, and may be empty.
  ///
  /// Faults are passed over: whoever completes is not done typing. Shells that part words at "=" are understood.
  public init(_ root: Command, words: [String]) {
    var chain = [root]
    var pending: Option?
    var optionsEnded = false
    for word in words.dropLast() {
      if word == "=", pending != nil { continue }
      if let option = pending {
        invocation.occurrences.append((option.name, word))
        pending = nil
      } else if word == "--" {
        optionsEnded = true
      } else if !optionsEnded, word.hasPrefix("-"), word != "-" {
        pending = take(word, chain)
      } else if let next = chain[chain.count - 1].subcommand(word), invocation.arguments.isEmpty {
        chain.append(next)
      } else {
        invocation.arguments.append(word)
      }
    }
    invocation.path = chain.dropFirst().map(\.name)
    let last = words.last ?? ""
    if let pending {
      wanted = .value(pending)
    } else if !optionsEnded, last.hasPrefix("-") {
      candidates = options(chain, beginning: last)
    } else {
      complete(chain[chain.count - 1], last)
    }
  }

  /// Takes an option; gives it back if its value is still to come.
  private mutating func take(_ word: String, _ chain: [Command]) -> Option? {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let option = Self.inScope(chain).first { $0.name == parts[0] || $0.short == parts[0] }
    guard let option else { return nil }
    guard option.takesValue else {
      invocation.occurrences.append((option.name, nil))
      return nil
    }
    if parts.count == 1 { return option }
    invocation.occurrences.append((option.name, parts[1]))
    return nil
  }

  private mutating func complete(_ command: Command, _ last: String) {
    if invocation.arguments.isEmpty {
      candidates = command.subcommands.filter { !$0.isHidden && $0.name.hasPrefix(last) }.map { ($0.name, $0.summary) }
    }
    let place = invocation.arguments.count
    if place < command.arguments.count {
      wanted = .argument(command.arguments[place])
    } else if let repeating = command.arguments.last, repeating.repeats {
      wanted = .argument(repeating)
    }
  }

  /// Options that were not typed yet, or that repeat.
  private func options(_ chain: [Command], beginning: String) -> [Candidate] {
    Self.inScope(chain).filter { option in
      !option.hidden && option.name.hasPrefix(beginning) && (option.repeats || !invocation.flag(option.name))
    }.map { ($0.name, $0.help) }
  }

  private static func inScope(_ chain: [Command]) -> [Option] { chain.reversed().flatMap(\.options) + [.help] }
}
