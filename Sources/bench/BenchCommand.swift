import Foundation
import SQLite
import Terminal

/// What `bench` is asked to do.
struct BenchCommand {
  private let invocation: Invocation

  static let root = Command(
    "bench",
    summary: "Print figures, each beside its yardstick of the same run.",
    discussion: """
      Without a word it is storage and exchange, beside the same rows written or read by plain SQLite; 'idle' and \
      'slow' are many connections at the real pioc-hub of the same build, beside nginx where that is installed; \
      'client' is whole processes of pioc, beside git.
      """,
    examples: ["bench", "bench 200000", "bench client", "bench idle", "bench slow --json"],
    options: [Option("--json", "with client, idle and slow: print JSON for programs")],
    arguments: [Argument("CHANGES", optional: true, "for so many changes (default: 50000)")],
    subcommands: [
      Command(
        "client", summary: "pioc on many records: reading beside git status, an edit beside plain SQLite.",
        options: [Option("--records", value: "N", "on so many records (default: 100000)")]),
      Command(
        "idle", summary: "Thousands of polls wait for news: memory, processor time, and how soon all hear of a write.",
        options: [connections(10_000)]),
      Command(
        "slow", summary: "Thousands of connections that dawdle, and what becomes of honest requests beside them.",
        discussion: """
          They send a header or a body byte by byte, or never read their answer. Takes five minutes beside nginx, \
          which cuts such connections late or never.
          """,
        options: [
          connections(5_000),
          Option("--seconds", value: "N", "how long to watch each kind if it is not cut before (default: 80)"),
        ]),
    ])

  private static func connections(_ count: Int) -> Option {
    Option("--connections", value: "N", "so many connections (default: \(count), fewer where the limits are lower)")
  }

  init(_ words: [String]) throws { invocation = try Self.root.parse(words) }

  func run() throws {
    if invocation.wantsHelp {
      let width = Terminal.width(environment: ProcessInfo.processInfo.environment)
      Terminal.write(Self.root.help(path: invocation.path, width: width, program: "bench"))
      return
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("peacesync-bench-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let sheet = Sheet(printsJSON: invocation.flag("--json"))
    switch invocation.path {
    case ["client"]:
      let count = try number("--records", 1_000...1_000_000) ?? 100_000
      try ClientBench(folder: folder, count: count, sheet: sheet).run()
    case ["idle"]:
      let count = DescriptorBudget.connections(wanted: try number("--connections", 1...1_000_000) ?? 10_000, sheet)
      try IdleBench(folder: folder, count: count, sheet: sheet).run()
    case ["slow"]:
      let count = DescriptorBudget.connections(wanted: try number("--connections", 1...1_000_000) ?? 5_000, sheet)
      let seconds = try number("--seconds", 1...600) ?? 80
      try SlowBench(folder: folder, count: count, seconds: Double(seconds), sheet: sheet).run()
    default: return try besideSQLite(folder)
    }
    sheet.end()
  }

  private func besideSQLite(_ folder: URL) throws {
    let count = try invocation.arguments.first.map { try number($0, "CHANGES", 4_000...10_000_000) } ?? 50_000
    print("SQLite \(Connection.libraryVersion); every figure stands beside its yardstick of this run")
    try LocalBench(folder: folder, count: 1_000).run()
    try PhaseBench(folder: folder, count: min(count, 20_000)).run()
    try ServiceBench(folder: folder, count: count).run()
  }

  private func number(_ option: String, _ range: ClosedRange<Int>) throws -> Int? {
    try invocation.value(option).map { try number($0, option, range) }
  }

  private func number(_ text: String, _ name: String, _ range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        message: "'\(text)' is no number for \(name)", hint: "It goes from \(range.lowerBound) to \(range.upperBound).",
        path: invocation.path)
    }
    return number
  }
}
