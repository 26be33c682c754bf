import Foundation
import Hub
import Sync
import Terminal

/// The hub's program.
@main
enum Main {
  static func main() {
    Terminal.ignoreBrokenPipe()
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ words: [String]) -> Int32 {
    do {
      let root = HubCommands.root
      if words.contains("--version") {
        Terminal.write("pioc-hub \(version) (protocol \(protocolVersion))\n")
        return 0
      }
      let invocation = try root.parse(words)
      let environment = ProcessInfo.processInfo.environment
      if invocation.wantsHelp {
        let width = Terminal.width(environment: environment)
        Terminal.write(root.help(path: invocation.path, width: width, program: "pioc-hub"))
        return 0
      }
      let folder =
        invocation.value("--data").map { HubFolder(URL(fileURLWithPath: $0, isDirectory: true)) }
        ?? HubFolder.standard(environment: environment)
      if invocation.path == ["contract"] { return try ContractCommand.run(writingTo: invocation.value("--write")) }
      if invocation.path == ["serve"] { return try ServeCommand.run(folder, invocation) }
      if let command = invocation.path.first, ["backup", "restore", "verify", "compact"].contains(command) {
        return try UpkeepCommands(folder: folder, printsJSON: invocation.flag("--json")).run(invocation)
      }
      return try AdminCommands(folder, printsJSON: invocation.flag("--json")).run(invocation)
    } catch let error as UsageError {
      return complain(error.message, error.hint, 2)
    } catch let error as HubProgramError {
      return complain(error.message, error.advice, error.exitCode)
    } catch {
      return complain("\(error)", "Try again; if it goes on, look at the hub's data folder.", 1)
    }
  }

  private static func complain(_ message: String, _ advice: String, _ code: Int32) -> Int32 {
    Terminal.write("pioc-hub: \(message)\n\(advice)\n", to: 2)
    return code
  }
}
