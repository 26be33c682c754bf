import Foundation
import Hub
import JSON

/// A hub in a process of its own, so that its memory and processor time can be told apart.
final class HubChild {
  let process = Process()
  let folder: HubFolder
  let port: UInt16

  /// Starts this program again as a hub.
  init(folder: URL) throws {
    self.folder = HubFolder(folder)
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = ["--serve", folder.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let port = UInt16(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      throw BenchError("the hub did not start")
    }
    self.port = port
  }

  var identifier: Int32 { process.processIdentifier }

  /// The administrator's token.
  var adminToken: String { folder.read(folder.adminToken) ?? "" }

  func stop() {
    process.terminate()
    process.waitUntilExit()
  }

  /// What the child does: serves until its parent ends it.
  static func serve(_ path: String) throws -> Never {
    let hub = try HubProcess(
      folder: HubFolder(URL(fileURLWithPath: path, isDirectory: true)), host: "127.0.0.1", port: 0, version: "bench",
      limits: .none)
    FileHandle.standardOutput.write(Data("\(hub.port)\n".utf8))
    hub.run()
    exit(0)
  }
}

/// A bench that could not be run.
struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
