import Glibc

/// Moments as a person reads them, in this machine's own time.
enum LocalTime {
  /// `2026-11-21 23:10`.
  static func text(milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1_000)
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return "?" }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let start = buffer.baseAddress, strftime(start, buffer.count, "%Y-%m-%d %H:%M", &parts) > 0 else {
        return "?"
      }
      return String(cString: start)
    }
  }
}
