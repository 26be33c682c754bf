import Foundation
import SQLite

/// Prints figures, each beside the same rows written or read by plain SQLite in the same run.
@main
enum Main {
  static func main() {
    do {
      try run()
    } catch {
      FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run() throws {
    var words = Array(CommandLine.arguments.dropFirst())
    if words.first == "--serve", words.count == 2 { try HubChild.serve(words[1]) }
    if words.contains("--help") || words.contains("-h") {
      print("usage: bench [CHANGES]   figures beside plain SQLite's, for so many changes (default 50000)")
      return
    }
    let count = words.popLast().flatMap { Int($0) } ?? 50_000
    guard count >= 4_000 else { throw BenchError("fewer than 4000 changes tell nothing") }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("peacesync-bench-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    print("SQLite \(Connection.libraryVersion); every figure stands beside its yardstick of this run")
    try LocalBench(folder: folder, count: 1_000).run()
    try PhaseBench(folder: folder, count: min(count, 20_000)).run()
    try ServiceBench(folder: folder, count: count).run()
  }
}
