internal import Glibc

/// A gate that opens once; any number of threads can wait for it.
///
/// Unchecked Sendable because its state is reached only while holding its mutex.
final class Latch: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var isOpen = false

  init() {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    condition = .allocate(capacity: 1)
    condition.initialize(to: pthread_cond_t())
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    // Waiting must not end early or late because somebody sets the clock.
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    condition.deallocate()
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func open() {
    pthread_mutex_lock(mutex)
    isOpen = true
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Waits until the gate is open or the time is over.
  func wait(milliseconds: Int) {
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &end)
    let total = end.tv_nsec / 1_000_000 + min(max(0, milliseconds), 1 << 40)
    end.tv_sec += total / 1000
    end.tv_nsec = total % 1000 * 1_000_000
    pthread_mutex_lock(mutex)
    while !isOpen, pthread_cond_timedwait(condition, mutex, &end) == 0 {}
    pthread_mutex_unlock(mutex)
  }
}
