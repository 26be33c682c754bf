import Foundation
import Glibc

/// A program in a process of its own, to be killed at any moment and read afterwards.
///
/// Its output goes to files: a pipe would block it when full, and would have to be emptied while the moment
/// of the kill is waited for. Until its end was asked for, its id cannot become another's.
final class ChildProgram {
  /// How a process ended.
  enum Ending: Equatable, CustomStringConvertible {
    case exited(Int32)
    case killed(Int32)

    var description: String {
      switch self {
      case .exited(let code): "ended with \(code)"
      case .killed(let signal): "was killed by signal \(signal)"
      }
    }
  }

  let identifier: pid_t
  let words: [String]
  let startedAt: Double
  private let files: String
  private var ended: (ending: Ending, at: Double)?

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: where the program is.
  ///   - words: its arguments.
  ///   - environment: its surroundings.
  ///   - files: the beginning of the names of the files for what it prints.
  ///   - hasInput: whether there is such a file to read from.
  init(
    _ path: String, _ words: [String], environment: [String: String], files: String, hasInput: Bool
  ) throws {
    self.words = words
    self.files = files
    startedAt = Monotonic.seconds
    identifier = try Self.spawn(path, words, environment, files: files, hasInput: hasInput)
  }

  deinit {
    if ended == nil { _ = try? kill() }
    for suffix in [".in", ".out", ".err"] { unlink(files + suffix) }
  }

  /// What it has printed so far.
  var output: String { Self.read(files + ".out") }
  /// The file of its output, as it is now.
  var outputFile: WatchedFile { WatchedFile(files + ".out") }
  /// What it has printed beside that so far.
  var errors: String { Self.read(files + ".err") }

  /// How it ended; `nil` while it runs.
  func ending() -> Ending? {
    if let ended { return ended.ending }
    var status: Int32 = 0
    guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
    let signal = status & 0x7F
    let ending: Ending = signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal)
    ended = (ending, Monotonic.seconds)
    return ending
  }

  /// Waits for its end; one that does not come in time is an error, and the process is killed.
  func wait(within seconds: Double = 60) throws -> Ending {
    let limit = Monotonic.seconds + seconds
    while true {
      if let ending = ending() { return ending }
      guard Monotonic.seconds < limit else {
        send(SIGKILL)
        throw TrialError("'\(words.prefix(3).joined(separator: " "))' did not end within \(Int(seconds)) s")
      }
      usleep(300)
    }
  }

  /// Waits for its end and gathers what it printed.
  func finish(within seconds: Double = 60) throws -> FinishedRun {
    let ending = try wait(within: seconds)
    return FinishedRun(
      words: words, ending: ending, output: output, errors: errors,
      seconds: (ended?.at ?? Monotonic.seconds) - startedAt)
  }

  /// Pulls its plug, if it has not ended by itself.
  func kill() throws -> Ending {
    if let ending = ending() { return ending }
    send(SIGKILL)
    return try wait()
  }

  /// Sends it a signal.
  func send(_ signal: Int32) {
    if ended == nil { _ = Glibc.kill(identifier, signal) }
  }

  private static func read(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  private static func spawn(
    _ path: String, _ words: [String], _ environment: [String: String], files: String, hasInput: Bool
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let make = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, hasInput ? files + ".in" : "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, files + ".out", make, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, files + ".err", make, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var arguments = ([path] + words).map { strdup($0) } + [nil]
    var surroundings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + surroundings { free(text) } }
    var identifier: pid_t = 0
    let code = posix_spawn(&identifier, path, &actions, &attributes, &arguments, &surroundings)
    guard code == 0 else { throw TrialError("\(path) cannot be started: \(String(cString: strerror(code)))") }
    return identifier
  }
}
