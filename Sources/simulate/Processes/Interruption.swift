import Glibc
import Synchronization

/// Whether the person at the terminal wants the trials to end.
///
/// The programs run in process groups of their own, so Ctrl-C reaches the trials alone, and they can take
/// the programs, the mounts and the folder with them.
enum Interruption {
  private static let asked = Atomic<Bool>(false)

  static var isAsked: Bool { asked.load(ordering: .relaxed) }

  /// From here on Ctrl-C and SIGTERM only ask.
  static func watch() {
    // Made before a signal can come: a handler must not be the first to touch a lazy global.
    _ = isAsked
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in Interruption.asked.store(true, ordering: .relaxed) }
    }
  }
}
