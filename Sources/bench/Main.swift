import Foundation
import Terminal

/// Prints figures, each beside its yardstick of the same run.
@main
enum Main {
  static func main() {
    // A peer that has closed must not end the measurement.
    Terminal.ignoreBrokenPipe()
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      if words.first == "--serve", words.count == 2 { try HubChild.serve(words[1]) }
      try BenchCommand(words).run()
    } catch let error as UsageError {
      Terminal.write("bench: \(error.message)\n\(error.hint)\n", to: 2)
      exit(2)
    } catch {
      Terminal.write("bench: \(error)\n", to: 2)
      exit(1)
    }
  }
}
