import Glibc
import JSON
import Terminal

/// Where a command writes: data to standard output, everything else beside it.
final class Output {
  /// How to write to standard output.
  let style: Style
  /// How to write to standard error.
  let errorStyle: Style
  /// The columns of a terminal; `nil` where nobody counts them.
  let width: Int?
  /// Whether something could not be written, and not because the reader had enough.
  private(set) var isLost = false
  /// The line that a running sync draws, which has to make room for a note.
  var progress: ProgressLine?

  private let environment: [String: String]

  init(environment: [String: String]) {
    self.environment = environment
    style = Terminal.style(of: 1, environment: environment)
    errorStyle = Terminal.style(of: 2, environment: environment)
    width = style.isTerminal ? Terminal.width(environment: environment) : nil
  }

  /// Writes data.
  func write(_ text: String) {
    if !text.isEmpty { write(Array(text.utf8)) }
  }

  /// Writes a JSON value and a line feed.
  func write(_ json: JSON) { write(json.pretty() + [0x0A]) }

  /// Writes a table, or nothing at all without rows.
  func write(_ table: Table) {
    if !table.isEmpty { write(table.render(style: style, width: width)) }
  }

  /// Writes lines of prose, broken where a terminal ends; in a pipe each stays one line.
  func write(prose: String) { write(Self.broken(prose, width)) }

  /// Writes a line for the person beside the data, so that a pipe carries nothing but data.
  func note(_ line: String) {
    progress?.clear()
    Terminal.write(Self.broken(TerminalSafe.text(line), errorWidth) + "\n", to: 2)
  }

  /// Asks on standard error, the question broken where the terminal ends, and reads a line; `nil` at the end of input.
  func ask(_ question: String) -> String? {
    progress?.clear()
    // What is typed stands behind a blank, also where the question has just filled its line.
    let shown = Self.broken(TerminalSafe.text(question), errorWidth.map { $0 - 2 })
    let line = Terminal.readLine(prompt: shown + " ")
    if line == nil, Terminal.isTerminal(0) { Terminal.write("\n", to: 2) }
    return line
  }

  private static func broken(_ text: String, _ width: Int?) -> String {
    guard let width else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.flatMap { TextWrap.hanging(String($0), width: width) }.joined(separator: "\n")
  }

  private var errorWidth: Int? {
    errorStyle.isTerminal ? Terminal.width(environment: environment, descriptor: 2) : nil
  }

  /// Writes the bytes of a file.
  func write(bytes: [UInt8]) { write(bytes) }

  /// Writes what could not be done, what there is to choose from, and what to do next.
  func explain(_ failure: Failure) {
    note("pioc: \(failure.message)")
    if let choices = failure.choices {
      Terminal.write(choices.render(style: errorStyle, width: errorWidth), to: 2)
    }
    note(failure.advice)
  }

  private func write(_ bytes: [UInt8]) {
    // A reader that has seen enough (`pioc event list | head`) is no failure.
    if !Terminal.write(bytes), errno != EPIPE { isLost = true }
  }
}
