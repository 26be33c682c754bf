import Foundation

/// The demo's hub: the real program, in a process of its own.
final class DemoHub {
  let folder: URL
  private let program: URL
  private var process: Process?
  private var port = 0

  init(program: URL, folder: URL) {
    self.program = program
    self.folder = folder
  }

  /// Where it listens.
  var url: String { "http://127.0.0.1:\(port)" }

  /// Starts it, at any free port the first time and at the same one afterwards; returns when it serves.
  func start() throws {
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw DemoError("the program pioc-hub does not stand beside pioc; build or install both")
    }
    let process = Process()
    process.executableURL = program
    process.arguments = ["serve", "--data", folder.path, "--listen", "127.0.0.1:\(port)", "--log", "never"]
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    self.process = process
    let address = folder.appendingPathComponent("address")
    // The hub writes its address when it listens; ten seconds are plenty on a slow machine.
    for _ in 0..<1_000 {
      if let text = try? String(contentsOf: address, encoding: .utf8),
        let number = text.split(separator: ":").last.flatMap({ Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        )
      {
        port = number
        return
      }
      guard process.isRunning else { throw DemoError("the hub ended at once with code \(process.terminationStatus)") }
      usleep(10_000)
    }
    throw DemoError("the hub does not say where it listens")
  }

  /// Stops it as an administrator would, and waits until its file is closed.
  func stop() {
    guard let process, process.isRunning else { return }
    process.terminate()
    process.waitUntilExit()
    self.process = nil
  }
}
