import Foundation

/// A repository of many small files, all of them committed.
struct GitRepository {
  private let git: WholeProcess
  private let folder: URL

  init(folder: URL, files: Int) throws {
    git = try WholeProcess.installed("git")
    self.folder = folder
    for number in 0..<files {
      let directory = folder.appendingPathComponent("part-\(number / 100)")
      if number % 100 == 0 {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      }
      try Data("Record \(number)\n".utf8).write(to: directory.appendingPathComponent("record-\(number).txt"))
    }
    let path = folder.path
    try git.run(["-C", path, "init", "-q"])
    try git.run(["-C", path, "add", "."])
    try git.run([
      "-C", path, "-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "-q", "-m", "All records",
    ])
    _ = try status()
  }

  /// Seconds of `git status`.
  func status() throws -> Double { try git.seconds(["-C", folder.path, "status"]) }

  /// Seconds of a start alone.
  func version() throws -> Double { try git.seconds(["--version"]) }
}
