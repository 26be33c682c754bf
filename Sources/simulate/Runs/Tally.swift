import Foundation
import Simulation

/// What many worlds came to: added up over seeds and workers.
struct Tally: Codable {
  var seeds = 0
  var acknowledged = 0
  var repeated = 0
  var marks: [String: Int] = [:]
  var failures: [Failure] = []

  /// A seed that broke a promise.
  struct Failure: Codable {
    let seed: UInt64
    let breach: String
    let detail: String
  }

  mutating func add(_ other: Tally) {
    seeds += other.seeds
    acknowledged += other.acknowledged
    repeated += other.repeated
    marks.merge(other.marks, uniquingKeysWith: +)
    failures += other.failures
  }

  mutating func add(_ outcome: Simulation.Outcome, seed: UInt64) {
    seeds += 1
    acknowledged += outcome.acknowledged
    marks.merge(outcome.marks.counts, uniquingKeysWith: +)
    if let first = outcome.breaches.first {
      failures.append(Failure(seed: seed, breach: first.name, detail: first.detail))
    }
  }
}
