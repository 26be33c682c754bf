import Foundation

/// What the kernel tells of a process.
enum ProcessFigures {
  /// The most memory that a process held at once, in MiB.
  static func peakMemory(_ process: Int32) -> Double { status(process, "VmHWM:") }

  /// Lets the most memory begin anew from what a process holds now (proc(5), clear_refs).
  static func forgetPeakMemory(_ process: Int32) {
    try? "5".write(toFile: "/proc/\(process)/clear_refs", atomically: false, encoding: .utf8)
  }

  /// The memory that a process holds now, in MiB.
  static func memory(_ process: Int32) -> Double { status(process, "VmRSS:") }

  private static func status(_ process: Int32, _ field: String) -> Double {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(field) }
    let number = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Double($0) } ?? 0
    return number / 1_024
  }

  /// Processor seconds that a process has used.
  static func processorSeconds(_ process: Int32) -> Double {
    let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 13, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// Waits until a process has nothing to do any more, at most so many seconds.
  static func settle(_ process: Int32, within seconds: Double) {
    let patience = Stopwatch()
    var before = -1.0
    while patience.seconds < seconds {
      let now = processorSeconds(process)
      // Two of the clock's ticks: thousands of connections cost a little by being there.
      if now - before <= 0.02 { return }
      before = now
      usleep(400_000)
    }
  }

  /// How many sockets a process has open.
  static func sockets(_ process: Int32) -> Int {
    let folder = "/proc/\(process)/fd/"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.count { name in
      withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16) { buffer in
        guard let start = buffer.baseAddress, readlink(folder + name, start, 7) == 7 else { return false }
        return memcmp(start, "socket:", 7) == 0
      }
    }
  }
}
