import Foundation
import Hub
import JSON
import Sync

/// The real `pioc-hub` of the same build, with no limit on how often somebody may ask.
final class RealHub {
  let port: UInt16
  let members: Members
  private let process = Process()

  /// Starts it and waits until it listens.
  init(folder url: URL) throws {
    let folder = HubFolder(url)
    let programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let program = programs.appendingPathComponent("pioc-hub")
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw BenchError("there is no pioc-hub beside this program; build both: swift build -c release")
    }
    process.executableURL = program
    process.arguments = [
      "serve", "--data", url.path, "--listen", "127.0.0.1:0", "--token-rate", "0", "--address-rate", "0", "--log",
      "never",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    var address: String?
    let patience = Stopwatch()
    while address == nil, process.isRunning, patience.seconds < 20 {
      usleep(20_000)
      address = folder.read(folder.address)
    }
    guard let port = address.flatMap({ URL(string: $0)?.port }).flatMap({ UInt16(exactly: $0) }) else {
      process.terminate()
      throw BenchError("the hub did not start")
    }
    self.port = port
    members = try Members(port: port, adminToken: folder.read(folder.adminToken) ?? "")
  }

  var identifier: Int32 { process.processIdentifier }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }
}
