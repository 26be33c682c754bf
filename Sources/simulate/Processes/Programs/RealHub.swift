import Foundation

/// A real `pioc-hub` in a process of its own.
final class RealHub {
  /// Where its data is.
  let folder: String
  private let stage: TrialStage
  private let openFiles: Int?
  private var program: ChildProgram?
  private(set) var port: UInt16 = 0

  /// Starts a hub at any free port.
  ///
  /// - Parameters:
  ///   - stage: where it plays.
  ///   - folder: where its data is to be; on the stage if left out.
  ///   - openFiles: how many files and sockets it may have open; as usual if left out.
  init(_ stage: TrialStage, folder: String? = nil, openFiles: Int? = nil) throws {
    self.stage = stage
    self.folder = folder ?? stage.path("hub")
    self.openFiles = openFiles
    try start()
  }

  var url: String { "http://127.0.0.1:\(port)" }
  /// The file that it writes to first.
  var journal: String { folder + "/hub.db-wal" }
  var identifier: Int32 { program?.identifier ?? -1 }
  var isRunning: Bool { program.map { $0.ending() == nil } ?? false }

  /// Starts it, at the port that it had before, and waits until it serves.
  func start() throws {
    let program = try launch()
    guard try waitUntilServing(program) else {
      throw TrialError("the hub does not start: \(program.errors)")
    }
  }

  /// Starts it without waiting.
  func launch() throws -> ChildProgram {
    var words = ["--data", folder, "serve", "--listen", "127.0.0.1:\(port)"]
    var path = stage.program("pioc-hub")
    if let openFiles {
      words = ["-c", "ulimit -n \(openFiles) && exec \"$0\" \"$@\"", path] + words
      path = "/bin/sh"
    }
    let program = try stage.start(path, words)
    self.program = program
    return program
  }

  /// Whether it came to say where it listens; `false` if it has ended instead.
  func waitUntilServing(_ program: ChildProgram) throws -> Bool {
    let limit = Monotonic.seconds + 30
    while Monotonic.seconds < limit {
      if let heard = program.output.firstMatch(of: /Listening on http:\/\/127\.0\.0\.1:([0-9]+)/),
        let number = UInt16(heard.1)
      {
        port = number
        return true
      }
      if program.ending() != nil { return false }
      usleep(1_000)
    }
    throw TrialError("the hub neither serves nor ends")
  }

  /// Pulls its plug; `false` if it was not running any more.
  @discardableResult
  func kill() throws -> Bool {
    guard let program, program.ending() == nil else { return false }
    return try program.kill() == .killed(SIGKILL)
  }

  /// Stops it as an administrator would.
  func stop() throws -> ChildProgram.Ending {
    guard let program else { throw TrialError("the hub was not started") }
    program.send(SIGTERM)
    return try program.wait(within: 20)
  }

  /// A connection of its administrator.
  func connection() throws -> HubConnection {
    let token = try String(contentsOfFile: folder + "/admin-token", encoding: .utf8)
    return try HubConnection(port: port, token: token.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  func report() throws -> HubReport { try connection().get("/v1/status", HubReport.self) }

  /// Adds a member and makes an invite for it.
  func invite(_ member: String) throws -> String {
    let path = stage.program("pioc-hub")
    _ = try stage.run(path, ["--data", folder, "member", "add", member]).required()
    return try stage.run(path, ["--data", folder, "invite", member]).required().output
  }
}
