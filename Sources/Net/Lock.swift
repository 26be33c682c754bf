internal import Glibc

/// A mutual exclusion lock over `pthread_mutex_t`.
///
/// Not `Synchronization.Mutex`, since ThreadSanitizer does not see that one and then reports races where
/// there are none. Unchecked Sendable because the mutex is made to be used from every thread.
public final class Lock: @unchecked Sendable {
  // Allocated, since a mutex must not move.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  /// An open lock.
  public init() {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Waits for the lock and takes it; taking it twice on one thread waits forever.
  public func lock() { pthread_mutex_lock(mutex) }

  /// Gives the lock back.
  public func unlock() { pthread_mutex_unlock(mutex) }

  /// Runs the closure while holding the lock.
  @inlinable
  public func withLock<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    lock()
    defer { unlock() }
    return try body()
  }
}
