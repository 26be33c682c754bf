import Glibc
import Terminal

/// The person's own editor, run on a file in this terminal.
struct Editor {
  /// How it came to its end.
  enum Ending: Equatable {
    case well
    case failed(Int32)
    case killed(Int32)
  }

  /// The words of a shell that start it; the file follows.
  let command: String

  /// `VISUAL`, or else `EDITOR`, or else the first editor that a Debian machine is likely to have.
  init(environment: [String: String]) {
    let named = [environment["VISUAL"], environment["EDITOR"]].compactMap { $0 }.first { word in
      word.contains { $0 != " " }
    }
    command = named ?? Self.usual
  }

  /// The first of these that is there, found by the shell so that `PATH` counts as it does for the person.
  private static let usual = """
    for editor in editor nano vi; do command -v "$editor" >/dev/null && break; done; "$editor"
    """

  /// Edits a file and waits for the end.
  ///
  /// The editor runs in this program's own process group, so that the terminal is its to read from. An interrupt that
  /// is typed meanwhile is for the editor, as with `system(3)`.
  func edit(_ file: String) throws -> Ending {
    let interrupt = signal(SIGINT, SIG_IGN)
    let quit = signal(SIGQUIT, SIG_IGN)
    defer {
      signal(SIGINT, interrupt)
      signal(SIGQUIT, quit)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for number in [SIGINT, SIGQUIT, SIGPIPE] { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let words = ["/bin/sh", "-c", "\(command) \"$@\"", "sh", file]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for word in arguments { free(word) } }
    var process = pid_t()
    guard posix_spawn(&process, "/bin/sh", nil, &attributes, &arguments, environ) == 0 else {
      throw Failure.failed("No editor could be started.", "Nothing was changed; name one in EDITOR.")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return .failed(127) }
    }
    let number = status & 0x7F
    if number != 0 { return .killed(number) }
    let code = (status >> 8) & 0xFF
    return code == 0 ? .well : .failed(code)
  }
}
