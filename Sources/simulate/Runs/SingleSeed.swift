import Simulation
import Terminal

/// One seed: told whole, and made smaller where it fails.
struct SingleSeed {
  let seed: UInt64

  func run() -> Int32 {
    let plan = Plan(seed: seed)
    let outcome = Simulation.run(plan)
    Terminal.write(outcome.trace.last.joined(separator: "\n") + "\n")
    Terminal.write("seed \(seed): \(plan.steps.count) steps, \(outcome.acknowledged) changes acknowledged, trace ")
    Terminal.write(String(outcome.trace.hash, radix: 16) + "\n")
    guard let first = outcome.breaches.first else {
      Terminal.write("No promise was broken.\n")
      return 0
    }
    for breach in outcome.breaches { Terminal.write("\(breach.name): \(breach.detail)\n") }
    var reducer = Reducer(keeping: first.name)
    let reduced = reducer.reduce(plan)
    let story = Simulation.run(reduced)
    Terminal.write("\nThe smallest found that fails in the same way, with its story:\n\n")
    Terminal.write(story.trace.last.joined(separator: "\n") + "\n\n")
    Terminal.write(reduced.source(named: first.name) + "\n")
    return 1
  }
}
