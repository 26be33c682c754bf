import Glibc

/// Moments as a person reads them, in this machine's own time.
enum LocalTime {
  /// The moment that `2026-03-01` or `2026-03-01 14:30` names; a day is meant to its end.
  static func milliseconds(_ text: String) -> Int64? {
    let words = text.split { $0 == " " || $0 == "T" }
    guard (1...2).contains(words.count), let day = numbers(words[0], "-", [4, 2, 2]) else { return nil }
    let time = words.count == 2 ? numbers(words[1], ":", [2, 2]) : [23, 59]
    guard let time, time[0] < 24, time[1] < 60, (1...9999).contains(day[0]) else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (day[0] - 1900, day[1] - 1, day[2])
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (time[0], time[1], words.count == 2 ? 0 : 59)
    parts.tm_isdst = -1
    let seconds = mktime(&parts)
    // A day that its month does not have would be taken for one of the next month.
    guard parts.tm_mon == day[1] - 1, parts.tm_mday == day[2] else { return nil }
    return Int64(seconds) * 1_000 + (words.count == 2 ? 0 : 999)
  }

  /// Numbers of so many digits each.
  private static func numbers(_ text: Substring, _ separator: Character, _ digits: [Int]) -> [Int32]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == digits.count, zip(parts, digits).allSatisfy({ $0.utf8.count == $1 }) else { return nil }
    let numbers = parts.compactMap { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int32($0) : nil }
    return numbers.count == digits.count ? numbers : nil
  }

  /// The beginning of a day here, in milliseconds; `nil` if it is no day.
  static func milliseconds(startOf day: String) -> Int64? { milliseconds(day + " 00:00") }

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
