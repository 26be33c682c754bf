import Glibc
import Synchronization

/// Makes Ctrl-C end a program that speaks with the hub with a word and a code, and never in the middle of a step.
///
/// While it waits (for the network, for a person) it ends at once. While a page is applied or a batch is taken, it ends as
/// soon as that is done. A kill at any other moment does no harm either: every step is one transaction.
enum Interruption {
  private static let depth = Atomic<Int>(0)
  private static let wanted = Atomic<Int32>(0)

  /// Takes Ctrl-C and SIGTERM from now on.
  static func install() {
    // Touched before a signal can come: what makes them at their first use takes a lock.
    guard depth.load(ordering: .relaxed) >= 0, wanted.load(ordering: .relaxed) == 0 else { return }
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM] {
      var (former, action) = (sigaction(), sigaction())
      // What whoever started this program wants ignored stays so (nohup(1), a shell's background jobs).
      sigaction(number, nil, &former)
      let isIgnored = unsafeBitCast(former.__sigaction_handler.sa_handler, to: Int.self) == 1
      if isIgnored { continue }
      sigaddset(&signals, number)
      action.__sigaction_handler.sa_handler = { @Sendable number in Interruption.receive(number) }
      sigaction(number, &action, nil)
    }
    // Blocked signals are inherited, and a program of many threads may have started this one from any of them.
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Runs a step that must not be left half-way; a Ctrl-C in it counts at its end.
  static func deferred<T>(_ body: () throws -> T) rethrows -> T {
    depth.add(1, ordering: .sequentiallyConsistent)
    defer {
      depth.subtract(1, ordering: .sequentiallyConsistent)
      let number = wanted.load(ordering: .sequentiallyConsistent)
      if number != 0, depth.load(ordering: .sequentiallyConsistent) == 0 { leave(number) }
    }
    return try body()
  }

  /// Runs as a signal handler: nothing but atomics, `write` and `_exit` (signal-safety(7)).
  private static func receive(_ number: Int32) {
    wanted.store(number, ordering: .sequentiallyConsistent)
    if depth.load(ordering: .sequentiallyConsistent) == 0 { leave(number) }
  }

  private static func leave(_ number: Int32) -> Never {
    let words: StaticString = "\nStopped. Nothing is half done: 'pioc sync' goes on where this left off.\n"
    _ = write(2, words.utf8Start, words.utf8CodeUnitCount)
    _exit(128 + number)
  }
}
