import Glibc

/// Notices that the machine has slept: one of Linux's clocks stands still then, the other goes on (`clock_gettime(2)`).
final class AwakeClock {
  private var asleep: Int64
  /// What counts as sleep, in milliseconds.
  private static let least: Int64 = 5_000

  init() { asleep = Self.asleep() }

  /// Whether it has, since the beginning or the last ``reset()``.
  func hasSlept() -> Bool { Self.asleep() - asleep > Self.least }

  /// Counts from now on.
  func reset() { asleep = Self.asleep() }

  /// How long the machine has slept since it was started.
  private static func asleep() -> Int64 { milliseconds(CLOCK_BOOTTIME) - milliseconds(CLOCK_MONOTONIC) }

  private static func milliseconds(_ clock: Int32) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}
