import Foundation
import Terminal

/// Sets every mutant loose on the simulation, and tells after how many seeds it was found.
struct MutantTrials {
  /// The folder of the project.
  let project: URL
  /// Only the mutant of this name, if any.
  let only: String?
  /// After how many seeds a mutant counts as not found.
  let seeds: Int

  /// Runs; 0 if all were found.
  func run() throws -> Int32 {
    let all = MutantTable.all
    let program = try MutantBuild(project: project).make(all) { Terminal.write($0 + "\n", to: 2) }
    var known: Set<String> = []
    let wanted = all.filter { (only == nil || $0.name == only) && known.insert($0.name).inserted }
    guard !wanted.isEmpty else {
      throw UsageError(message: "there is no mutant '\(only ?? "")'", hint: "See 'simulate --mutants'.", path: [])
    }
    var found: [Int] = []
    for mutant in wanted {
      let tally = try trial(mutant, program)
      let line = mutant.name.padding(toLength: 34, withPad: " ", startingAt: 0)
      if let failure = tally.failures.first {
        try checkHealthy(failure.seed, program)
        found.append(tally.seeds)
        Terminal.write("\(line)found after \(tally.seeds) seeds: \(failure.breach)\n")
      } else {
        Terminal.write("\(line)NOT FOUND in \(tally.seeds) seeds: \(mutant.defect)\n")
      }
    }
    found.sort()
    Terminal.write("\(found.count) of \(wanted.count) mutants found")
    Terminal.write(found.isEmpty ? "\n" : ", median after \(found[found.count / 2]) seeds\n")
    return found.count == wanted.count ? 0 : 1
  }

  private func trial(_ mutant: Mutant, _ program: URL) throws -> Tally {
    var campaign = Campaign()
    campaign.program = program
    campaign.count = seeds
    campaign.stopsAtFailure = true
    campaign.environment["PEACESYNC_MUTANT"] = mutant.name
    return try campaign.run()
  }

  /// A seed proves nothing about a mutant if the engine fails there without any.
  private func checkHealthy(_ seed: UInt64, _ program: URL) throws {
    var campaign = Campaign()
    campaign.program = program
    campaign.first = seed
    (campaign.count, campaign.jobs) = (1, 1)
    campaign.environment["PEACESYNC_MUTANT"] = "none"
    guard try campaign.run().failures.isEmpty else {
      throw MutantError("the engine fails at seed \(seed) without any mutant")
    }
  }
}
