/// Finds the command that words were meant to be which stand in a wrong order, in the plural, or are mistyped.
struct CommandGuess {
  /// The names of the command below the root.
  let path: [String]
  /// The words that are left for its arguments.
  let rest: [String]
  /// Whether a group was meant by its plural, and so what it holds.
  let isPlural: Bool
  private let cost: Int

  /// The words of a path are looked for among so many of those typed.
  private static let window = 4

  /// The command whose names all occur in the first words, in any order; `nil` if there is none.
  ///
  /// The longest path wins, then the one that takes the least mending. A single name counts only in the plural or by a
  /// word for the same thing (`Command.synonyms`): for one that is merely mistyped there is ``NearWord``.
  static func find(_ words: [String], in root: Command) -> CommandGuess? {
    var best: CommandGuess?
    func look(_ command: Command, _ chain: [Command]) {
      for next in command.subcommands where !next.isHidden {
        if let guess = match(words, chain + [next]), guess.isBetter(than: best) { best = guess }
        look(next, chain + [next])
      }
    }
    look(root, [])
    return best
  }

  private func isBetter(than other: CommandGuess?) -> Bool {
    guard let other else { return true }
    return path.count == other.path.count ? cost < other.cost : path.count > other.path.count
  }

  private static func match(_ words: [String], _ chain: [Command]) -> CommandGuess? {
    var left = Array(words.prefix(window).enumerated())
    var (cost, last, isPlural, isSynonym) = (0, -1, false, false)
    for command in chain {
      let costs = left.map { (index: $0.offset, likeness: likeness($0.element, command)) }
      guard let found = costs.filter({ $0.likeness != nil }).min(by: { ($0.likeness ?? 0) < ($1.likeness ?? 0) }),
        let likeness = found.likeness
      else { return nil }
      if found.index < last { cost += 1 }
      isPlural = isPlural || likeness == plural
      isSynonym = isSynonym || likeness == synonym
      (cost, last) = (cost + likeness, found.index)
      left.removeAll { $0.offset == found.index }
    }
    guard chain.count > 1 || isPlural || isSynonym else { return nil }
    return CommandGuess(
      path: chain.map(\.name), rest: left.map(\.element) + words.dropFirst(window), isPlural: isPlural, cost: cost)
  }

  private static let plural = 1
  private static let synonym = 2

  /// How little a word has to be mended to mean a command: 0 not at all; `nil` if it does not.
  private static func likeness(_ word: String, _ command: Command) -> Int? {
    let typed = word.lowercased()
    let names = [command.name] + command.aliases
    if names.contains(typed) { return 0 }
    if names.contains(where: { typed == $0 + "s" || typed + "s" == $0 }) { return plural }
    if command.synonyms.contains(typed) { return synonym }
    return NearWord.find(typed, among: names) == nil ? nil : synonym + 1
  }
}
