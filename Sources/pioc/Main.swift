import Foundation
import Sync
import Terminal

/// The client's program: reads the words, runs the command, and says in words and by its exit code what
/// came of it.
@main
enum Main {
  static func main() {
    Terminal.ignoreBrokenPipe()
    // Whatever this program makes (the replica, its journal, the lock) is its owner's alone.
    umask(0o077)
    exit(run())
  }

  private static func run() -> Int32 {
    let environment = ProcessInfo.processInfo.environment
    let output = Output(environment: environment)
    let code: Int32
    do {
      code = try run(try words(), environment: environment, output: output)
    } catch {
      let failure = Failure(explaining: error)
      output.explain(failure)
      return failure.exitCode
    }
    guard output.isLost else { return code }
    output.note(
      "pioc: The output could not be written.\nWhat the command did is done; check where its output goes.")
    return code == 0 ? 1 : code
  }

  private static func run(_ words: [String], environment: [String: String], output: Output) throws -> Int32 {
    if words.prefix(while: { $0 != "--" }).contains("--version") {
      output.write("pioc \(version) (protocol \(protocolVersion))\n")
      return 0
    }
    let root = PiocCommand.root
    let invocation = try root.parse(words)
    if invocation.wantsHelp {
      let width = Terminal.width(environment: environment)
      output.write(root.help(path: invocation.path, width: width, program: "pioc", style: output.style))
      return 0
    }
    return try PiocCommand.run(Context(invocation: invocation, environment: environment, output: output))
  }

  /// The words after the program's name; bytes that are no text are refused rather than repaired silently.
  private static func words() throws -> [String] {
    try (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      guard let bytes = CommandLine.unsafeArgv[index] else { return nil }
      guard let word = String(validatingCString: bytes) else {
        throw Failure.usage(
          "Word \(index) of the command line is not UTF-8 text.",
          "Set the terminal to UTF-8 and type it again.")
      }
      return word
    }
  }
}
