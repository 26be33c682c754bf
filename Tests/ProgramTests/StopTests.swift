import Foundation
import TestKit
import Testing

@Suite("Stopping the hub", .serialized)
struct StopTests {
  @Test("a SIGTERM or Ctrl-C sent as soon as it says that it listens stops it, with 0", arguments: [SIGTERM, SIGINT])
  func atOnce(_ number: Int32) throws {
    for round in 0..<10 {
      let programs = try Programs()
      let hub = programs.process(
        "pioc-hub", ["--data", programs.folder.path("hub"), "serve", "--listen", "127.0.0.1:0"])
      let output = Pipe()
      hub.standardOutput = output
      try hub.run()
      var told = ""
      while !told.contains("Listening on") {
        let data = output.fileHandleForReading.availableData
        guard !data.isEmpty else { throw TestError("the hub ended before it listened: \(told)") }
        told += String(decoding: data, as: UTF8.self)
      }
      kill(hub.processIdentifier, number)
      #expect(ends(hub), "round \(round): it serves on")
      #expect(hub.terminationReason == .exit && hub.terminationStatus == 0)
    }
  }

  @Test("a SIGTERM sent while it starts stops it as soon as it serves, with 0")
  func whileStarting() throws {
    for _ in 0..<5 {
      let programs = try Programs()
      let hub = programs.process(
        "pioc-hub", ["--data", programs.folder.path("hub"), "serve", "--listen", "127.0.0.1:0"])
      hub.standardOutput = FileHandle.nullDevice
      try hub.run()
      // Its folder is made before its store is opened, its address is written when it listens.
      while hub.isRunning, !FileManager.default.fileExists(atPath: programs.folder.path("hub")) { usleep(50) }
      kill(hub.processIdentifier, SIGTERM)
      #expect(ends(hub), "it serves on")
      #expect(hub.terminationReason == .exit && hub.terminationStatus == 0)
    }
  }

  @Test("a hub whose log goes into a pipe that nobody reads serves on, and a SIGTERM stops it, with 0")
  func stuckLog() throws {
    let programs = try Programs()
    let pipe = Pipe()
    // Full before it begins: not one line fits.
    let raw = pipe.fileHandleForWriting.fileDescriptor
    let flags = fcntl(raw, F_GETFL)
    _ = fcntl(raw, F_SETFL, flags | O_NONBLOCK)
    while write(raw, "x", 1) == 1 {}
    _ = fcntl(raw, F_SETFL, flags)
    let hub = try RunningHub(programs, errors: pipe)
    for _ in 0..<3 {
      let status = programs.process("pioc-hub", ["--data", programs.folder.path("hub"), "status"])
      status.standardOutput = FileHandle.nullDevice
      try status.run()
      #expect(ends(status), "no answer comes")
      #expect(status.terminationStatus == 0)
    }
    let process = try #require(hub.process)
    process.terminate()
    #expect(ends(process), "it serves on")
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
  }

  /// Whether a process ends by itself; it is killed if not.
  private func ends(_ process: Process) -> Bool {
    for _ in 0..<2_000 where process.isRunning { usleep(10_000) }
    let hasEnded = !process.isRunning
    if !hasEnded { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return hasEnded
  }
}
