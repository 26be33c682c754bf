import Terminal

/// The line that says how far a sync has come; nothing where standard error is no terminal.
final class ProgressLine {
  private var progress: Progress
  private let isShown: Bool
  private let start = ContinuousClock.now

  init(_ label: String, style: Style) {
    progress = Progress(label: label, total: nil, style: style)
    isShown = style.isTerminal
  }

  /// Draws the line anew.
  func show(done: Int, of total: Int? = nil) {
    guard isShown else { return }
    progress.expect(total)
    let elapsed = Int64((ContinuousClock.now - start) / .milliseconds(1))
    Terminal.write(progress.update(done: done, elapsedMilliseconds: elapsed), to: 2)
  }

  /// Wipes the line, so that something else can be written.
  func clear() {
    if isShown { Terminal.write(progress.clear(), to: 2) }
  }
}
