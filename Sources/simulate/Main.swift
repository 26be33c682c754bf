import Foundation
import Simulation
import Terminal

/// Runs simulated worlds by the thousand: the proof that nothing acknowledged is lost and everyone converges.
@main
enum Main {
  static func main() {
    Terminal.ignoreBrokenPipe()
    let words = Array(CommandLine.arguments.dropFirst())
    if words.first == "--worker", let worker = worker(words) { return worker.run() }
    do {
      exit(try SimulateCommand(words).run())
    } catch let error as UsageError {
      Terminal.write("simulate: \(error.message)\n\(error.hint)\n", to: 2)
      exit(2)
    } catch {
      Terminal.write("simulate: \(error)\n", to: 2)
      exit(1)
    }
  }

  private static func worker(_ words: [String]) -> Worker? {
    guard words.count == 6, let first = UInt64(words[1]), let stride = UInt64(words[2]), let count = Int(words[3]),
      let seconds = Double(words[4])
    else { return nil }
    return Worker(
      first: first, stride: stride, count: count, deadline: Date(timeIntervalSinceNow: seconds),
      stopsAtFailure: words[5] == "1")
  }
}
