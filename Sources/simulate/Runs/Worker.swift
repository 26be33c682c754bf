import Foundation
import SQLite
import Simulation

/// Runs every n-th seed in a process of its own: SQLite's random numbers are one stream a process.
struct Worker {
  let first: UInt64
  let stride: UInt64
  let count: Int
  let deadline: Date
  let stopsAtFailure: Bool

  /// How often a seed is run twice: the same story must come out.
  private static let repeatedOneIn: UInt64 = 20
  /// How many seeds are told of at once.
  private static let reported = 50

  /// Runs, and writes a line of JSON for every few seeds.
  func run() {
    // Only faster: the worlds of a worker run one after the other on this thread.
    _ = SingleThread.begin()
    var tally = Tally()
    for index in 0..<count where Date() < deadline {
      let seed = first + UInt64(index) * stride
      let outcome = Simulation.run(Plan(seed: seed))
      tally.add(outcome, seed: seed)
      if seed.isMultiple(of: Self.repeatedOneIn) || !outcome.breaches.isEmpty {
        tally.repeated += 1
        if Simulation.run(Plan(seed: seed)).trace.hash != outcome.trace.hash {
          tally.failures.append(
            Tally.Failure(seed: seed, breach: "not-repeatable", detail: "the second run went another way"))
        }
      }
      let hasFailed = !tally.failures.isEmpty
      if tally.seeds >= Self.reported || hasFailed { tell(&tally) }
      if hasFailed, stopsAtFailure { return }
    }
    tell(&tally)
  }

  private func tell(_ tally: inout Tally) {
    guard let line = try? JSONEncoder().encode(tally) else { return }
    FileHandle.standardOutput.write(line + Data("\n".utf8))
    tally = Tally()
  }
}
