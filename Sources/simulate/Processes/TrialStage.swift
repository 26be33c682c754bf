import Foundation

/// Where a trial plays: a folder of its own, and the programs that act in it.
final class TrialStage {
  let folder: URL
  private let programs: URL
  private var started = 0

  /// A stage in a folder that is made.
  init(folder: URL, programs: URL) throws {
    self.folder = folder
    self.programs = programs
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Where something stands on this stage.
  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Where one of the programs stands.
  func program(_ name: String) -> String { programs.appendingPathComponent(name).path }

  /// Starts a program; what it prints goes to files on the stage.
  func start(
    _ path: String, _ words: [String], environment: [String: String] = [:], input: String? = nil
  ) throws -> ChildProgram {
    started += 1
    var surroundings = ProcessInfo.processInfo.environment
    surroundings["HOME"] = folder.path
    surroundings["XDG_DATA_HOME"] = nil
    surroundings["PIOC_DIR"] = nil
    surroundings.merge(environment) { _, new in new }
    let files = self.path("program-\(started)")
    if let input { try Data(input.utf8).write(to: URL(fileURLWithPath: files + ".in")) }
    return try ChildProgram(
      path, words, environment: surroundings, files: files, hasInput: input != nil)
  }

  /// Runs a program to its end.
  func run(
    _ path: String, _ words: [String], environment: [String: String] = [:], input: String? = nil,
    within seconds: Double = 60
  ) throws -> FinishedRun {
    try start(path, words, environment: environment, input: input).finish(within: seconds)
  }
}
