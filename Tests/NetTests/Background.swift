import Dispatch
import Glibc
import Testing

/// Runs a closure on a thread of its own; tests wait for it without sleeping.
final class Background: Sendable {
  private let done = DispatchSemaphore(value: 0)

  init(_ body: @escaping @Sendable () -> Void) {
    let done = done
    let box = Unmanaged.passRetained(
      Work {
        body()
        done.signal()
      })
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, box.toOpaque())
    pthread_detach(thread)
  }

  /// Waits until the closure is through, ten seconds at most.
  func wait() -> Bool { done.wait(timeout: .now() + 10) == .success }

  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }
}

/// Waits until the condition holds, ten seconds at most, and gives way to other threads meanwhile.
func eventually(_ condition: () -> Bool) -> Bool {
  let clock = ContinuousClock()
  let end = clock.now + .seconds(10)
  while clock.now < end {
    if condition() { return true }
    sched_yield()
  }
  return condition()
}
