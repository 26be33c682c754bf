import Foundation
import JSON
import Terminal

/// `pioc demo`: a hub and three cities on this machine, with real files, real programs and the sample records.
///
/// It tells a short story, types what a person would type, and checks everything that it claims.
///
/// - Parameters:
///   - keep: whether the folder stays.
///   - context: where to write.
/// - Returns: 0 only if every claim was checked and held.
func runDemo(keep: Bool, context: Context) -> Int32 {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pioc-demo-\(getpid())", isDirectory: true)
  let stage = DemoStage(folder: folder, output: context.output)
  defer {
    stage.hub.stop()
    if !keep { try? FileManager.default.removeItem(at: folder) }
  }
  do {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try DemoStory(stage: stage).tell()
    if keep { stage.tellHowToGoOn() }
    return ExitCode.done
  } catch {
    context.output.note("pioc: The demo failed: \(error).\nRun it with --keep to look at its folder.")
    return ExitCode.failed
  }
}

/// A claim of the demo that does not hold, or a command that did not do what it should.
struct DemoError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
