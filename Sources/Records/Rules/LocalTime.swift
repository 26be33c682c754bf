/// A wall-clock time on a day, to the minute, without a zone: `2022-06-22T10:00`.
struct LocalTime: Hashable, Comparable {
  let day: CalendarDay
  let minuteOfDay: Int

  init(day: CalendarDay, minuteOfDay: Int) {
    self.day = day
    self.minuteOfDay = minuteOfDay
  }

  /// Reads `YYYY-MM-DDTHH:MM`.
  init?(_ bytes: ArraySlice<UInt8>) {
    let parts = bytes.split(separator: UInt8(ascii: "T"), omittingEmptySubsequences: false)
    guard parts.count == 2, let day = CalendarDay(parts[0]), let minute = Self.minuteOfDay(parts[1]) else {
      return nil
    }
    self.init(day: day, minuteOfDay: minute)
  }

  /// Reads `HH:MM`, from 00:00 to 23:59.
  static func minuteOfDay(_ bytes: ArraySlice<UInt8>) -> Int? {
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, let hour = Digits.number(parts[0], count: 2),
      let minute = Digits.number(parts[1], count: 2), hour < 24, minute < 60
    else { return nil }
    return hour * 60 + minute
  }

  /// `HH:MM`.
  var clock: String { Digits.padded(minuteOfDay / 60, 2) + ":" + Digits.padded(minuteOfDay % 60, 2) }

  /// `YYYY-MM-DDTHH:MM`.
  var text: String { day.text + "T" + clock }

  /// Minutes since 1970 on this clock.
  var minutes: Int { day.daysSince1970 * 1440 + minuteOfDay }

  /// The time so many minutes later on the same clock; `nil` beyond the calendar.
  func adding(minutes: Int) -> LocalTime? {
    let (total, overflow) = self.minutes.addingReportingOverflow(minutes)
    guard !overflow else { return nil }
    let minute = (total % 1440 + 1440) % 1440
    return CalendarDay(daysSince1970: (total - minute) / 1440).map { LocalTime(day: $0, minuteOfDay: minute) }
  }

  static func < (a: LocalTime, b: LocalTime) -> Bool { (a.day, a.minuteOfDay) < (b.day, b.minuteOfDay) }
}
