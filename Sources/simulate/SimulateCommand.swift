import Foundation
import Simulation
import Terminal

/// What `simulate` is asked to do.
struct SimulateCommand {
  private let invocation: Invocation

  static let root = Command(
    "simulate",
    summary: "Run whole networks of hub and cities on simulated disks, and judge what comes of them.",
    discussion: """
      Each seed is one world: production code from the bytes of HTTP to those of SQLite, with lost and repeated \
      messages, killed processes, power losses, full disks, wrong clocks, copied files and old backups; then all is \
      healed, and a naive model says whether anything that was acknowledged is lost and whether all agree. The same \
      seed is the same story.
      """,
    examples: [
      "simulate --seeds 10000", "simulate --minutes 1", "simulate --seed 4711", "simulate --mutants",
      "simulate --processes --minutes 3",
    ],
    options: [
      Option("--seeds", value: "N", "so many seeds (default: 1000)"),
      Option("--from", value: "S", "the first seed (default: 1)"),
      Option("--minutes", value: "M", "as many seeds as fit into so many minutes; with --processes: for all trials"),
      Option("--seed", value: "S", "one seed: its story, and if it fails the smallest that fails the same way"),
      Option("--jobs", value: "N", "worker processes (default: one a core)"),
      Option("--mutants", "build the engine with known defects, and count the seeds that find each"),
      Option("--only", value: "NAME", "with --mutants: only this one"),
      Option(
        "--processes", "trials with the real pioc and pioc-hub of the same build: kill -9, full disks, two at once"),
      Option("--json", "print JSON for programs"),
    ])

  init(_ words: [String]) throws { invocation = try Self.root.parse(words) }

  /// Runs; 0 if no promise was broken.
  func run() throws -> Int32 {
    if invocation.wantsHelp {
      let width = Terminal.width(environment: ProcessInfo.processInfo.environment)
      Terminal.write(Self.root.help(path: [], width: width, program: "simulate"))
      return 0
    }
    if let seed = try number("--seed") { return SingleSeed(seed: UInt64(seed)).run() }
    if invocation.flag("--mutants") {
      let project = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
      return try MutantTrials(
        project: project, only: invocation.value("--only"), seeds: try number("--seeds") ?? 10_000
      ).run()
    }
    if invocation.flag("--processes") {
      let programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      let trials = ProcessTrials(
        programs: programs, minutes: try minutes() ?? 3, seed: UInt64(try number("--from") ?? 1))
      return try trials.run { Terminal.write($0 + "\n") } ? 0 : 1
    }
    var campaign = Campaign()
    campaign.first = UInt64(try number("--from") ?? 1)
    campaign.count = try number("--seeds") ?? 1_000
    campaign.jobs = max(1, try number("--jobs") ?? campaign.jobs)
    if let minutes = try minutes() {
      campaign.seconds = minutes * 60
      if invocation.value("--seeds") == nil { campaign.count = 100_000_000 }
    }
    return try CampaignReport(campaign, printsJSON: invocation.flag("--json")).run()
  }

  private func minutes() throws -> Double? {
    guard let text = invocation.value("--minutes") else { return nil }
    guard let minutes = Double(text), minutes > 0, minutes < 10_000 else {
      throw UsageError(message: "'\(text)' is no number of minutes", hint: "For example --minutes 1.", path: [])
    }
    return minutes
  }

  private func number(_ option: String) throws -> Int? {
    guard let text = invocation.value(option) else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw UsageError(message: "'\(text)' is no number", hint: "For example \(option) 100.", path: [])
    }
    return number
  }
}
