/// Days as people say them: `2027-03-01`, `2027-03`, `today`, `next month`, `last 30 days`, `friday`, `3 March`.
///
/// Weeks begin on Monday (ISO 8601). A bare weekday or month is the next one, today's included; "next friday" is the
/// first one after today. Names of months and weekdays are read in other languages too (``DayNames``).
struct DayWords {
  let today: CalendarDay

  /// The days that a text means; `nil` if that cannot be told.
  ///
  /// `A..B` goes from the beginning of A to the end of B; either may be left out.
  func span(_ text: String) -> DaySpan? {
    let plain = SearchText.spaced(text)
    if let dots = plain.firstRange(of: "..") {
      let (from, to) = (String(plain[..<dots.lowerBound]), String(plain[dots.upperBound...]))
      let (first, last) = (single(from), single(to))
      guard (first != nil || from.isEmpty), (last != nil || to.isEmpty), first != nil || last != nil else { return nil }
      let span = DaySpan(from: first, to: last)
      return span.isEmpty ? nil : span
    }
    return single(plain)
  }

  /// The form of a field of time; of a range both ends must be days, since a month has no first day in an event's time.
  func typed(_ text: String) -> String? {
    guard let dots = text.firstRange(of: "..") else { return span(text)?.typed }
    let ends = [span(String(text[..<dots.lowerBound])), span(String(text[dots.upperBound...]))].compactMap { $0 }
    guard ends.count == 2, ends.allSatisfy({ $0.precision == .days && $0.first == $0.last }) else { return nil }
    return ends.compactMap(\.typed).joined(separator: "..")
  }

  /// A day or a month that is named with its year ("3 March 2027"), and so is the same on any day; `nil` for all else.
  static func dated(_ text: String) -> DaySpan? {
    let words = DayNames.english(SearchText.spaced(text).split(separator: " "))
    guard (2...3).contains(words.count), words.contains(where: { Digits.number(Array($0.utf8)[...], count: 4) != nil }),
      let anyDay = CalendarDay(daysSince1970: 0)
    else { return nil }
    return DayWords(today: anyDay).named(words)
  }

  private func single(_ text: String) -> DaySpan? {
    let words = DayNames.english(text.split(separator: " "))
    switch words.count {
    case 1: return word(words[0])
    case 2: return pair(words[0], words[1]) ?? named(words)
    case 3: return counted(words) ?? named(words)
    default: return nil
    }
  }

  // MARK: One word

  private func word(_ word: String) -> DaySpan? {
    switch word {
    case "today", "now": return day(0)
    case "tomorrow": return day(1)
    case "yesterday": return day(-1)
    default: break
    }
    if let weekday = Self.weekday(word) { return day((weekday - today.weekday + 7) % 7) }
    if let month = Self.month(word) {
      return .month(today.year + (month < today.month ? 1 : 0), month)
    }
    let bytes = Array(word.utf8)[...]
    if let day = CalendarDay(bytes) { return DaySpan(day, day) }
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard let year = Digits.number(parts[0], count: 4) else { return nil }
    if parts.count == 1 { return .year(year) }
    guard parts.count == 2, let month = Digits.number(parts[1], count: 2) else { return nil }
    return .month(year, month)
  }

  // MARK: Two words

  /// "next month", "last friday", "this weekend".
  private func pair(_ which: String, _ unit: String) -> DaySpan? {
    guard let step = ["this": 0, "next": 1, "last": -1, "past": -1, "coming": 1][which] else { return nil }
    if let weekday = Self.weekday(unit) {
      let ahead = (weekday - today.weekday + 7) % 7
      switch step {
      case 0: return day(ahead)
      case 1: return day(ahead == 0 ? 7 : ahead)
      default: return day(ahead - 7)
      }
    }
    if let month = Self.month(unit) {
      switch step {
      case -1: return .month(today.year - (month < today.month ? 0 : 1), month)
      default: return .month(today.year + (month < today.month || step == 1 && month == today.month ? 1 : 0), month)
      }
    }
    switch unit {
    case "day": return day(step)
    case "week": return days(7 * step - today.weekday, 7 * step - today.weekday + 6)
    case "weekend": return days(7 * step - today.weekday + 5, 7 * step - today.weekday + 6)
    case "month": return today.adding(months: step).flatMap { .month($0.year, $0.month) }
    case "year": return .year(today.year + step)
    default: return nil
    }
  }

  // MARK: Three words

  /// "last 30 days", "next 2 weeks", "in 3 days", "10 days ago".
  private func counted(_ words: [String]) -> DaySpan? {
    if words[2] == "ago", let day = moved(words[0], words[1], back: true) { return DaySpan(day, day) }
    switch words[0] {
    case "in": return moved(words[1], words[2], back: false).map { DaySpan($0, $0) }
    case "last", "past": return moved(words[1], words[2], back: true).map { DaySpan($0, today) }
    case "next", "coming": return moved(words[1], words[2], back: false).map { DaySpan(today, $0) }
    default: return nil
    }
  }

  /// Today, so many days, weeks, months or years away.
  private func moved(_ number: String, _ unit: String, back: Bool) -> CalendarDay? {
    guard (1...5).contains(number.utf8.count),
      let count = Digits.number(Array(number.utf8)[...], count: number.utf8.count)
    else { return nil }
    let step = back ? -count : count
    switch unit {
    case "day", "days": return CalendarDay(daysSince1970: today.daysSince1970 + step)
    case "week", "weeks": return CalendarDay(daysSince1970: today.daysSince1970 + 7 * step)
    case "month", "months": return today.adding(months: step)
    case "year", "years": return today.adding(months: 12 * step)
    default: return nil
    }
  }

  // MARK: Months and weekdays by name

  /// "March 2027", "3 March", "March 3", "3 March 2027", "March 3 2027".
  private func named(_ words: [String]) -> DaySpan? {
    var (month, day, year): (Int?, Int?, Int?)
    for word in words {
      let bytes = Array(word.utf8)[...]
      if let number = Digits.number(bytes, count: bytes.count) {
        if bytes.count == 4, year == nil {
          year = number
        } else if bytes.count <= 2, day == nil {
          day = number
        } else {
          return nil
        }
      } else if month == nil, let number = Self.month(word) {
        month = number
      } else {
        return nil
      }
    }
    guard let month else { return nil }
    guard let day else { return year.flatMap { .month($0, month) } }
    guard let found = CalendarDay(year: year ?? today.year, month: month, day: day) else { return nil }
    if year == nil, found < today {
      return CalendarDay(year: today.year + 1, month: month, day: day).map { DaySpan($0, $0) }
    }
    return DaySpan(found, found)
  }

  private func day(_ offset: Int) -> DaySpan? { days(offset, offset) }

  private func days(_ first: Int, _ last: Int) -> DaySpan? {
    guard let first = CalendarDay(daysSince1970: today.daysSince1970 + first),
      let last = CalendarDay(daysSince1970: today.daysSince1970 + last)
    else { return nil }
    return DaySpan(first, last)
  }

  /// Monday is 0; three letters are enough.
  private static func weekday(_ word: String) -> Int? { index(of: word, in: CalendarDay.weekdays) }

  /// January is 1; three letters are enough.
  private static func month(_ word: String) -> Int? { index(of: word, in: CalendarDay.months).map { $0 + 1 } }

  private static func index(of word: String, in names: [String]) -> Int? {
    guard word.utf8.count >= 3 else { return nil }
    return names.firstIndex { $0 == word || $0.prefix(3) == word || word == "sept" && $0 == "september" }
  }
}
