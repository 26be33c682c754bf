import Glibc

/// Looks at a program from outside to see how far it has come.
struct ProgramLife {
  private let start: Double
  private let journal: WatchedFile
  private let output: WatchedFile?
  /// Whether it has ended.
  let isOver: () -> Bool
  private static let patienceSeconds = 20.0

  /// The life of a command that writes to a replica.
  init(of program: ChildProgram, writing path: String) {
    start = program.startedAt
    journal = WatchedFile(path)
    output = program.outputFile
    isOver = { program.ending() != nil }
  }

  /// A stretch of life that begins now, with a file that is written to in it.
  init(writing path: String, unless isOver: @escaping () -> Bool) {
    start = Monotonic.seconds
    journal = WatchedFile(path)
    output = nil
    self.isOver = isOver
  }

  /// Waits for a mark and says when it came; `nil` if the life ended before.
  func wait(for mark: KillMoment.Mark) -> Double? {
    switch mark {
    case .start: return start
    case .write: return wait { journal.hasChanged }
    case .saved: return wait { journal.hasChanged }.flatMap { _ in wait { journal.isEmpty } }
    case .told: return output.flatMap { output in wait { output.hasChanged } }
    }
  }

  private func wait(until isReached: () -> Bool) -> Double? {
    while !isReached() {
      if isOver() || Monotonic.seconds > start + Self.patienceSeconds { return nil }
      usleep(10)
    }
    return Monotonic.seconds
  }
}
