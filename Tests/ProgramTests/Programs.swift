import Foundation
import TestKit

/// The real programs, in a folder of a test's own.
final class Programs {
  let folder: TemporaryFolder
  private static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  struct Result {
    let exitCode: Int32
    let output: String
    let errors: String
  }

  init() throws { folder = try TemporaryFolder() }

  /// Where a program stands that was built with the tests.
  static func path(_ program: String) -> URL { products.appendingPathComponent(program) }

  /// Runs a program to its end.
  func run(
    _ program: String, _ words: [String], city: String? = nil, input: String = "", variables: [String: String] = [:]
  ) throws -> Result {
    let process = self.process(program, words, city: city)
    process.environment?.merge(variables) { $1 }
    return try finish(process, input: input)
  }

  /// Runs a script in a shell to its end.
  func shell(_ program: String, _ script: String, environment: [String: String], input: String = "") throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["-c", script]
    process.environment = environment
    return try finish(process, input: input)
  }

  private func finish(_ process: Process, input: String) throws -> Result {
    let (output, errors, typed) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = typed
    try process.run()
    typed.fileHandleForWriting.write(Data(input.utf8))
    try typed.fileHandleForWriting.close()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let complained = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    // Killed by a signal is told as what a shell tells: 128 and more.
    let code = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Result(
      exitCode: code, output: String(decoding: printed, as: UTF8.self),
      errors: String(decoding: complained, as: UTF8.self))
  }

  /// Runs `pioc` as a city.
  func pioc(_ city: String, _ words: [String], input: String = "") throws -> Result {
    try run("pioc", words, city: city, input: input)
  }

  /// A process that is not started yet.
  func process(_ program: String, _ words: [String], city: String? = nil) -> Process {
    let process = Process()
    process.executableURL = Self.path(program)
    process.arguments = words
    var environment = ProcessInfo.processInfo.environment
    environment["HOME"] = folder.url.path
    environment["XDG_DATA_HOME"] = nil
    environment["PIOC_DIR"] = city.map { folder.path($0) }
    process.environment = environment
    return process
  }

  /// An invite made by the hub's administrator.
  func invite(_ member: String) throws -> String {
    _ = try run("pioc-hub", ["--data", folder.path("hub"), "member", "add", member])
    let result = try run("pioc-hub", ["--data", folder.path("hub"), "invite", member])
    guard result.exitCode == 0 else { throw TestError(result.errors) }
    return result.output
  }

  /// A city that has joined.
  func join(_ city: String, _ hub: RunningHub) throws {
    let result = try pioc(city, ["join", hub.url, "--member", city, "--invite", "-"], input: try invite(city))
    guard result.exitCode == 0 else { throw TestError(result.errors) }
  }
}

/// The real hub in a process of its own.
final class RunningHub {
  private let programs: Programs
  private(set) var process: Process?
  private(set) var port: Int
  /// Where its log goes, if it is wanted.
  private let errors: Pipe?

  init(_ programs: Programs, port: Int = 0, errors: Pipe? = nil) throws {
    self.programs = programs
    self.port = port
    self.errors = errors
    try start()
  }

  deinit { kill() }

  var url: String { "http://127.0.0.1:\(port)" }

  /// Starts it at the same port as before and waits until it listens.
  func start() throws {
    let address = programs.folder.path("hub") + "/address"
    try? FileManager.default.removeItem(atPath: address)
    let process = programs.process(
      "pioc-hub",
      [
        "--data", programs.folder.path("hub"), "serve", "--listen", "127.0.0.1:\(port)", "--log",
        errors == nil ? "never" : "always",
      ])
    process.standardOutput = FileHandle.nullDevice
    if let errors { process.standardError = errors }
    try process.run()
    self.process = process
    for _ in 0..<3_000 {
      if let text = try? String(contentsOfFile: address, encoding: .utf8), let number = text.split(separator: ":").last
      {
        port = Int(number.trimmingCharacters(in: .whitespacesAndNewlines)) ?? port
        return
      }
      guard process.isRunning else { throw TestError("the hub ended with \(process.terminationStatus)") }
      usleep(10_000)
    }
    throw TestError("the hub does not say where it listens")
  }

  /// Pulls its plug.
  func kill() {
    guard let process, process.isRunning else { return }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Stops it as an administrator would; its exit code.
  func stop() -> Int32 {
    guard let process else { return -1 }
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
