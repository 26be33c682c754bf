internal import Glibc

/// The two clocks that a server needs; the coarse ones, since milliseconds are enough and they cost nothing.
enum Clock {
  /// Milliseconds of a clock that nobody can set.
  static func monotonicMilliseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time)
    return UInt64(clamping: time.tv_sec) &* 1000 &+ UInt64(clamping: time.tv_nsec) / 1_000_000
  }

  /// Seconds since 1970.
  static func unixSeconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME_COARSE, &time)
    return Int64(time.tv_sec)
  }
}
