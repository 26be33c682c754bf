import Glibc

/// Moments as a person reads them, in this machine's own time.
enum LocalTime {
  /// The beginning of a day here, in milliseconds; `nil` if it is no day.
  static func milliseconds(startOf day: String) -> Int64? {
    let numbers = day.split(separator: "-").compactMap { Int32($0) }
    guard numbers.count == 3 else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (numbers[0] - 1900, numbers[1] - 1, numbers[2])
    parts.tm_isdst = -1
    let seconds = mktime(&parts)
    return seconds == -1 ? nil : Int64(seconds) * 1_000
  }

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
