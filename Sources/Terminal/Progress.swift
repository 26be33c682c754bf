/// How far a long task has come, as text to be written to standard error.
///
/// On a terminal one line is drawn over and over; elsewhere each step is a line of its own. The clock is
/// the caller's: elapsed milliseconds since the start, from a clock that does not jump.
public struct Progress: Sendable {
  private let label: String
  private var total: Int?
  private let isTerminal: Bool
  private let width: Int
  private let interval: Int64
  private var lastShown: Int64?
  private var lastWidth = 0

  /// Starts a task; without a total only the count is shown.
  ///
  /// `style` is that of standard error. Without an interval, a terminal is redrawn at most ten times a
  /// second and a log gets a line at most every two seconds.
  public init(
    label: String, total: Int?, style: Style, width: Int = 80, intervalMilliseconds: Int64? = nil
  ) {
    self.label = TerminalSafe.line(label)
    self.total = total
    isTerminal = style.isTerminal
    self.width = max(2, width)
    interval = intervalMilliseconds ?? (style.isTerminal ? 100 : 2000)
  }

  /// Takes another total: of some tasks it becomes known on the way how long they are.
  public mutating func expect(_ total: Int?) { self.total = total }

  /// The text to write now; empty if the last one was too short a time ago.
  public mutating func update(done: Int, elapsedMilliseconds elapsed: Int64) -> String {
    if let lastShown, elapsed.subtractingReportingOverflow(lastShown).partialValue < interval { return "" }
    lastShown = elapsed
    var line = state(done)
    if let left = remaining(done, elapsed) { line += ", \(Self.duration(left)) left" }
    return draw(line)
  }

  /// The last text, always written: the count and the time it took, and a line feed.
  public mutating func finish(done: Int, elapsedMilliseconds elapsed: Int64) -> String {
    let line = draw(state(done) + " in " + Self.duration(max(0, elapsed)))
    lastWidth = 0
    return isTerminal ? line + "\n" : line
  }

  /// Wipes the line, so that something else can be written; the next update draws it again.
  public mutating func clear() -> String {
    defer { (lastWidth, lastShown) = (0, nil) }
    return isTerminal && lastWidth > 0 ? "\r" + String(repeating: " ", count: lastWidth) + "\r" : ""
  }

  private func state(_ done: Int) -> String {
    guard let total else { return "\(label): \(done)" }
    let share = total > 0 ? min(max(Double(done) / Double(total), 0), 1) : 1
    return "\(label): \(done) of \(total) (\(Int(share * 100))%)"
  }

  /// The time that the rest will take at the pace so far; nothing in the first two seconds.
  private func remaining(_ done: Int, _ elapsed: Int64) -> Int64? {
    guard let total, done > 0, done < total, elapsed >= 2000 else { return nil }
    return Int64(exactly: (Double(elapsed) * (Double(total) / Double(done) - 1)).rounded())
  }

  /// Blanks, not an escape sequence, cover the longer line before: dumb terminals understand them.
  private mutating func draw(_ line: String) -> String {
    guard isTerminal else { return line + "\n" }
    let clipped = DisplayWidth.clip(line, to: width - 1)
    let drawn = DisplayWidth.of(clipped)
    defer { lastWidth = drawn }
    return "\r" + clipped + String(repeating: " ", count: max(0, lastWidth - drawn))
  }

  private static func duration(_ milliseconds: Int64) -> String {
    switch milliseconds {
    case ..<1000: "\(milliseconds) ms"
    case ..<120_000: "\(milliseconds / 1000) s"
    case ..<7_200_000: "\(milliseconds / 60_000) min"
    default: "\(milliseconds / 3_600_000) h"
    }
  }
}
