import Foundation

/// Hurts the real programs on this machine, and checks that they keep their promises nevertheless.
///
/// It knows the programs from outside alone: their words, their output, their files' names and the hub's
/// protocol. Nothing of the product's code takes part in the checks.
///
/// ## Topics
/// - Running: ``run(report:)``
/// - One way to hurt them: ``Trial``
struct ProcessTrials {
  private let programs: URL
  private let seconds: Double
  private let seed: UInt64

  static var all: [any Trial] {
    [
      EditKillTrial(), SyncKillTrial(), HubKillTrial(), FullDiskTrial(), RestoreDiskTrial(), DescriptorTrial(),
      WritersTrial(), LockedTrial(), LostAnswersTrial(),
    ]
  }

  /// Trials of the programs in a folder.
  ///
  /// - Parameters:
  ///   - programs: the folder that holds `pioc` and `pioc-hub`.
  ///   - minutes: how long all of it may take, nearly.
  ///   - seed: what chooses moments and records.
  init(programs: URL, minutes: Double = 3, seed: UInt64 = 1) {
    self.programs = programs
    seconds = minutes * 60
    self.seed = seed
  }

  /// Plays the trials one after the other, reports a line at a time, and says whether all went well.
  ///
  /// The folder of a run that went well is removed; that of another one is kept and named.
  func run(trials: [any Trial] = all, report: (String) -> Void) throws -> Bool {
    for name in ["pioc", "pioc-hub"] {
      let path = programs.appendingPathComponent(name).path
      guard FileManager.default.isExecutableFile(atPath: path) else {
        throw TrialError("\(path) is not there")
      }
    }
    Interruption.watch()
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "processes-\(UUID().uuidString)")
    report("Real processes, \(Int(seconds)) s, seed \(seed), in \(folder.path)")
    let (began, shares) = (Monotonic.seconds, trials.map(\.share))
    var results: [TrialResult] = []
    for (index, trial) in trials.enumerated() where !Interruption.isAsked {
      // What one trial leaves or overdraws, the later ones share.
      let part = trial.share / shares[index...].reduce(0, +)
      let deadline = TrialDeadline(seconds: max(2, (began + seconds - Monotonic.seconds) * part))
      let result = play(trial, in: folder.appendingPathComponent("\(index + 1)"), until: deadline)
      report(Self.line(result, index + 1, of: trials.count))
      results.append(result)
    }
    return conclude(results, of: trials.count, folder, report)
  }

  private func play(_ trial: any Trial, in folder: URL, until deadline: TrialDeadline) -> TrialResult {
    var result = TrialResult(trial)
    var draws = Draws(seed: seed)
    let began = Monotonic.seconds
    do {
      let stage = try TrialStage(folder: folder, programs: programs)
      try trial.play(on: stage, until: deadline, draws: &draws, into: &result)
    } catch {
      result.fail("\(error)")
    }
    result.seconds = Monotonic.seconds - began
    return result
  }

  private static func line(_ result: TrialResult, _ number: Int, of count: Int) -> String {
    let verdict =
      !result.failures.isEmpty
      ? "FAILED (\(result.failures.count))"
      : result.skipped == nil ? "ok" : "SKIPPED: \(result.skipped ?? "")"
    return "  \(number)/\(count) \(result.name): \(verdict)"
  }

  private func conclude(
    _ results: [TrialResult], of count: Int, _ folder: URL, _ report: (String) -> Void
  ) -> Bool {
    report("")
    for line in TrialTable(results: results).lines { report(line) }
    report("")
    let failures = results.map(\.failures.count).reduce(0, +)
    for result in results where result.skipped != nil {
      report("SKIPPED, so NOT proven: \(result.name) (\(result.skipped ?? ""))")
    }
    guard failures == 0 else {
      report("FAILED: \(failures) checks; what is left is in \(folder.path)")
      return false
    }
    try? FileManager.default.removeItem(at: folder)
    let kills = results.map(\.kills).reduce(0, +)
    let checks = results.map(\.checks).reduce(0, +)
    let skipped = results.count { $0.skipped != nil }
    let proven = "\(results.count - skipped) of \(count) trials, \(kills) kills, \(checks) checks, no failure"
    report(
      (results.count == count ? "ok: " : "INTERRUPTED: ") + proven + (skipped > 0 ? "; the rest SKIPPED" : "")
    )
    return results.count == count
  }
}
