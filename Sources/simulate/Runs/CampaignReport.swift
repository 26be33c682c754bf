import Foundation
import Synchronization
import Terminal

/// Runs a campaign and tells what came of it.
struct CampaignReport {
  private let campaign: Campaign
  private let printsJSON: Bool
  /// From how many seeds on every mark must have been hit.
  private static let seedsForMarks = 10_000

  init(_ campaign: Campaign, printsJSON: Bool) {
    self.campaign = campaign
    self.printsJSON = printsJSON
  }

  func run() throws -> Int32 {
    let start = Date()
    let isQuiet = printsJSON
    let told = Mutex(start)
    let tally = try campaign.run { now in
      guard !isQuiet else { return }
      let isDue = told.withLock { told -> Bool in
        guard Date().timeIntervalSince(told) > 5 else { return false }
        told = Date()
        return true
      }
      if isDue { Terminal.write("\(now.seeds) seeds, \(now.failures.count) failed\n", to: 2) }
    }
    let seconds = Date().timeIntervalSince(start)
    let missing = tally.seeds >= Self.seedsForMarks ? MustHit.marks.filter { tally.marks[$0] == nil } : []
    if printsJSON {
      Terminal.write(String(decoding: try JSONEncoder().encode(tally), as: UTF8.self) + "\n")
    } else {
      tell(tally, seconds, missing)
    }
    return tally.failures.isEmpty && missing.isEmpty && tally.seeds > 0 ? 0 : 1
  }

  private func tell(_ tally: Tally, _ seconds: Double, _ missing: [String]) {
    for (mark, count) in tally.marks.sorted(by: { $0.key < $1.key }) {
      Terminal.write(mark.padding(toLength: 52, withPad: " ", startingAt: 0) + "\(count)\n")
    }
    for failure in tally.failures.prefix(20) {
      Terminal.write("FAILED seed \(failure.seed): \(failure.breach): \(failure.detail.prefix(300))\n")
    }
    if tally.failures.count > 20 { Terminal.write("… and \(tally.failures.count - 20) more\n") }
    for mark in missing { Terminal.write("NEVER HIT: \(mark)\n") }
    let rate = Int(Double(tally.seeds) / max(0.001, seconds) * 60)
    Terminal.write(
      """
      \(tally.seeds) seeds in \(Int(seconds)) s (\(rate) a minute, \(campaign.jobs) workers), \(tally.repeated) run twice
      \(tally.acknowledged) changes acknowledged; seeds that broke a promise: \(tally.failures.count)

      """)
    if let first = tally.failures.first { Terminal.write("Run 'simulate --seed \(first.seed)' for its story.\n") }
  }
}
