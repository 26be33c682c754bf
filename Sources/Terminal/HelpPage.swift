/// Lays out the help of one command.
struct HelpPage {
  /// The commands from the root to the one explained; never empty.
  let chain: [Command]
  let program: String
  let width: Int
  let style: Style

  /// Keeps lines readable on wide terminals, and possible on tiny ones.
  init(chain: [Command], program: String, width: Int, style: Style) {
    self.chain = chain
    self.program = program
    self.width = min(max(width, 24), 100)
    self.style = style
  }

  private var command: Command { chain[chain.count - 1] }

  func render() -> String {
    var parts = [usageLines(), wrapped(command.summary)]
    if !command.discussion.isEmpty { parts.append(discussion()) }
    let own = command.options.filter { !$0.hidden }
    let inherited = inheritedOptions()
    parts.append(section("Arguments", command.arguments.map { ($0.synopsis, $0.help) }))
    parts.append(section("Options", entries(chain.count == 1 ? own + inherited : own)))
    parts.append(section("Commands", command.subcommands.filter { !$0.isHidden }.map { (verbs($0), $0.summary) }))
    if chain.count > 1 { parts.append(section("Global options", entries(inherited))) }
    if !command.examples.isEmpty {
      parts.append([heading("Examples")] + command.examples.map { "  " + $0 })
    }
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  /// The usage line without its label: `pioc event show [options] ID`.
  var usage: String {
    var words = [program] + chain.dropFirst().map(\.name)
    if command.options.contains(where: { !$0.hidden }) { words.append("[options]") }
    words += command.arguments.map(\.synopsis)
    if !command.subcommands.isEmpty { words.append(command.isGroup ? "COMMAND" : "[COMMAND]") }
    return words.joined(separator: " ")
  }

  // MARK: Parts

  private func usageLines() -> [String] {
    let lines = TextWrap.lines(usage, width: width - 7)
    return lines.enumerated().map { ($0 == 0 ? style.bold("Usage:") + " " : "       ") + $1 }
  }

  private func wrapped(_ text: String) -> [String] {
    TextWrap.lines(text, width: width)
  }

  /// Wraps the paragraphs; a line that begins with a blank is an example of its own and stays whole.
  private func discussion() -> [String] {
    var lines: [String] = []
    var paragraph: [Substring] = []
    func flush() {
      if !paragraph.isEmpty { lines += wrapped(paragraph.joined(separator: " ")) }
      paragraph = []
    }
    for line in command.discussion.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || line.hasPrefix(" ") {
        flush()
        lines.append(String(line))
      } else {
        paragraph.append(line)
      }
    }
    flush()
    return lines
  }

  /// What the commands above declare and this one does not override, and `--help`.
  private func inheritedOptions() -> [Option] {
    var seen = Set(command.options.map(\.name))
    let above = chain.dropLast().reversed().flatMap(\.options) + [.help]
    return above.filter { !$0.hidden && seen.insert($0.name).inserted }
  }

  private func entries(_ options: [Option]) -> [(label: String, text: String)] {
    options.map { option in
      let label = (option.short.map { $0 + ", " } ?? "    ") + option.synopsis
      return (label, option.repeats ? option.help + " May be repeated." : option.help)
    }
  }

  private func verbs(_ command: Command) -> String {
    ([command.name] + command.aliases).joined(separator: ", ")
  }

  private func heading(_ title: String) -> String { style.bold(title + ":") }

  /// A heading and its entries in two columns; a label too long for the first has a line to itself.
  private func section(_ title: String, _ entries: [(label: String, text: String)]) -> [String] {
    guard !entries.isEmpty else { return [] }
    let most = min(34, width / 2)
    let widths = entries.map { DisplayWidth.of($0.label) + 4 }.filter { $0 <= most }
    let column = widths.max() ?? min(8, most)
    let margin = String(repeating: " ", count: column)
    var lines = [heading(title)]
    for (label, text) in entries {
      var explained = TextWrap.lines(text, width: width - column)[...]
      let start = "  " + label
      if DisplayWidth.of(start) + 2 <= column, let first = explained.popFirst() {
        lines.append(DisplayWidth.pad(start, to: column) + first)
      } else {
        lines.append(start)
      }
      lines += explained.map { margin + $0 }
    }
    return lines
  }
}
