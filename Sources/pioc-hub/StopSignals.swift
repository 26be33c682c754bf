import Foundation
import Hub

/// SIGTERM and SIGINT, kept from the moment this is made until somebody waits for them.
///
/// They are blocked and then waited for, not handled: a signal that comes while the hub starts stays pending
/// and stops it as soon as it serves, where a handler that is not yet in place would lose it (POSIX.1,
/// "sigwait"). Threads inherit what is blocked, so this is made before any of them.
struct StopSignals {
  private static var numbers: sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGTERM)
    sigaddset(&set, SIGINT)
    return set
  }

  init() {
    var set = Self.numbers
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Stops the hub at the first signal, on a thread of its own; what is in flight is answered first.
  ///
  /// The semaphore is signalled when the hub has stopped.
  func stop(_ hub: HubProcess) -> DispatchSemaphore {
    let stopped = DispatchSemaphore(value: 0)
    let box = Box(hub: hub)
    Thread.detachNewThread {
      var (set, number) = (Self.numbers, Int32(0))
      while sigwait(&set, &number) != 0 {}
      // A second one is for those who will not wait for the grace: it ends the process as it would any other.
      pthread_sigmask(SIG_UNBLOCK, &set, nil)
      box.hub.stop(graceMilliseconds: 5_000)
      stopped.signal()
    }
    return stopped
  }

  /// `@unchecked`: `stop` may be called from any thread, and the box is used for nothing else.
  private struct Box: @unchecked Sendable {
    let hub: HubProcess
  }
}
