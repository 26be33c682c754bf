import Foundation

/// A program that is run to its end, and how long that takes from its start to its end.
struct WholeProcess {
  let program: String

  /// A program of the same build.
  static func beside(_ name: String) throws -> WholeProcess {
    let programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    let program = programs.appendingPathComponent(name).path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw BenchError("there is no \(name) beside this program; build both: swift build -c release")
    }
    return WholeProcess(program: program)
  }

  /// A program of the system.
  static func installed(_ name: String) throws -> WholeProcess {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    let found = folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else { throw BenchError("\(name) is not installed; it is the yardstick") }
    return WholeProcess(program: found)
  }

  /// Runs it; whatever it prints is thrown away.
  func run(_ words: [String]) throws { _ = try seconds(words) }

  /// Seconds from the call that starts it until its end is known.
  ///
  /// `posix_spawn` itself: Foundation's `Process` waits for the end in a thread of its own.
  func seconds(_ words: [String]) throws -> Double {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var arguments = ([program] + words).map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let watch = Stopwatch()
    var child: pid_t = 0
    let error = posix_spawn(&child, program, &actions, nil, &arguments, environ)
    guard error == 0 else { throw BenchError("\(program) cannot be started (\(error))") }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let seconds = watch.seconds
    // Done (0), or done with something for a person to look at (3).
    guard status == 0 || status == 3 << 8 else {
      throw BenchError("\(program) \(words.joined(separator: " ")) ended with \(status >> 8)")
    }
    return seconds
  }
}
