import Foundation
import Synchronization

/// Many seeds, spread over worker processes.
struct Campaign {
  var first: UInt64 = 1
  var count = 1_000
  var seconds: Double?
  var jobs = ProcessInfo.processInfo.activeProcessorCount
  var stopsAtFailure = false
  /// The program to run: this one, or another build of it.
  var program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  /// What the workers find in their environment besides.
  var environment: [String: String] = [:]

  /// Runs all, telling of each step; what came of it.
  func run(progress: @escaping @Sendable (Tally) -> Void = { _ in }) throws -> Tally {
    let total = Mutex(Tally())
    let children = try (0..<jobs).map { try start($0) }
    // One thread a worker: each blocks on its worker's next line.
    DispatchQueue.concurrentPerform(iterations: jobs) { index in
      var rest = Data()
      while true {
        let data = children[index].output.availableData
        if data.isEmpty { break }
        rest += data
        while let end = rest.firstIndex(of: 0x0A) {
          let line = rest[..<end]
          rest = Data(rest[(end + 1)...])
          guard let part = try? JSONDecoder().decode(Tally.self, from: line) else { continue }
          let now = total.withLock { total -> Tally in
            total.add(part)
            return total
          }
          progress(now)
          if stopsAtFailure, !now.failures.isEmpty { for child in children { child.process.terminate() } }
        }
      }
    }
    var tally = total.withLock { $0 }
    for child in children {
      child.process.waitUntilExit()
      guard child.process.terminationReason == .uncaughtSignal, !(stopsAtFailure && !tally.failures.isEmpty) else {
        continue
      }
      // A trap in the engine is a defect like any other; which seed it was, the worker cannot say any more.
      tally.failures.append(
        Tally.Failure(seed: 0, breach: "worker-died", detail: "signal \(child.process.terminationStatus)"))
    }
    return tally
  }

  private struct Child: @unchecked Sendable {  // each is used by one thread at a time, and all are waited for
    let process: Process
    let output: FileHandle
  }

  private func start(_ index: Int) throws -> Child {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = program
    let share = (count - index + jobs - 1) / jobs
    process.arguments = [
      "--worker", "\(first + UInt64(index))", "\(jobs)", "\(share)", "\(seconds ?? 1e9)", stopsAtFailure ? "1" : "0",
    ]
    // Only faster: freed memory stays at hand in lists that hold more than glibc's 7 pieces of each size.
    let memory = ["GLIBC_TUNABLES": "glibc.malloc.tcache_count=2000"]
    process.environment = memory.merging(ProcessInfo.processInfo.environment) { $1 }.merging(environment) { $1 }
    process.standardOutput = pipe
    try process.run()
    return Child(process: process, output: pipe.fileHandleForReading)
  }
}
