import Glibc

/// The clock that no time change moves.
enum Monotonic {
  /// Seconds since some moment.
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Waits until a moment of this clock; the last part by looking at the clock, since a sleep overshoots.
  static func wait(until moment: Double) {
    while true {
      let left = moment - seconds
      if left <= 0 { return }
      if left > 0.000_2 { usleep(UInt32((left - 0.000_15) * 1_000_000)) }
    }
  }
}
