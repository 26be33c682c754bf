/// Days of the week, and months ahead or back.
extension CalendarDay {
  static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
  static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// The day of the week; Monday is 0.
  var weekday: Int { ((daysSince1970 + 3) % 7 + 7) % 7 }

  /// "Mon".
  var weekdayName: String { String(Self.weekdays[weekday].prefix(3)).capitalizedInitial }

  /// The same day so many months later, or the last of that month where it is shorter; `nil` outside the calendar.
  func adding(months: Int) -> CalendarDay? {
    let number = year * 12 + month - 1 + months
    guard number >= 12 else { return nil }
    let (year, month) = (number / 12, number % 12 + 1)
    return CalendarDay(year: year, month: month, day: min(day, Self.length(of: month, in: year)))
  }
}

extension String {
  /// The text with its first letter as a capital.
  fileprivate var capitalizedInitial: String { prefix(1).uppercased() + dropFirst() }
}
