import Foundation
import TestKit
import Testing

@Suite("What the README promises", .serialized)
struct TourTests {
  private static let readme = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../README.md").standardized

  @Test("the tour works as pasted")
  func tour() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    var script = ""
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isInside = line == "```sh tour" } else if isInside { script += line + "\n" }
    }
    try #require(script.contains("pioc-hub serve"))
    // Another hub may serve at the usual port of this machine.
    let port = 20_000 + Int(getpid() % 20_000)
    script = script.replacing("8642", with: "\(port)")
      .replacing("serve --data $T/hub", with: "serve --data $T/hub --listen 127.0.0.1:\(port)")
    let programs = try Programs()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "set -m\n" + script]
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = Programs.path("").path + ":" + (environment["PATH"] ?? "")
    environment["HOME"] = programs.folder.url.path
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(printed)")
    #expect(printed.components(separatedBy: "agrees with the hub").count == 3, "\(printed)")
    #expect(printed.contains("Title: 2 values"), "\(printed)")
    #expect(printed.contains("Peace forum in Bogotá"), "\(printed)")
    #expect(!printed.contains("rror:"), "\(printed)")
  }

  @Test("the demo tells its story and checks all that it claims")
  func demo() throws {
    let programs = try Programs()
    let result = try programs.run("pioc", ["demo"])
    #expect(result.exitCode == 0, "\(result.errors)\n\(result.output)")
    #expect(result.output.contains("have one digest"))
  }
}
