import JSON

/// The days that a person means, with either end open where nothing was said of it.
public struct DaySpan: Hashable, Sendable {
  /// The first day.
  let first: CalendarDay?
  /// The last day; it belongs to the span.
  let last: CalendarDay?
  /// How exactly it was said: a whole month or year is no range of days when an event takes place then.
  let precision: Precision

  /// How exactly days were said.
  enum Precision: Hashable {
    /// One day or a range.
    case days
    /// A month by its name or number.
    case month
    /// A year.
    case year
  }

  init(_ first: CalendarDay?, _ last: CalendarDay?, _ precision: Precision = .days) {
    (self.first, self.last, self.precision) = (first, last, precision)
  }

  /// All of it, from the beginning of one to the end of another: `--from` and `--to`.
  public init(from: DaySpan?, to: DaySpan?) {
    self.init(from?.first, to?.last)
  }

  /// Whether no day can be in it.
  public var isEmpty: Bool { if let first, let last { last < first } else { false } }

  /// The first day as `YYYY-MM-DD`; `nil` if that end is open.
  public var firstText: String? { first?.text }

  /// The last day as `YYYY-MM-DD`; `nil` if that end is open.
  public var lastText: String? { last?.text }

  /// Whether two spans have a day in common.
  public func overlaps(_ other: DaySpan) -> Bool {
    if let first, let last = other.last, last < first { return false }
    if let last, let first = other.first, last < first { return false }
    return true
  }

  /// The form in which an event's time or a publication's date says it: `2027-03-01`, `2027-03-01..2027-03-03`,
  /// `2027-03`, `2027`; `nil` where an end is open.
  public var typed: String? {
    guard let first, let last else { return nil }
    switch precision {
    case .year: return String(first.text.prefix(4))
    case .month: return String(first.text.prefix(7))
    case .days: return first == last ? first.text : first.text + ".." + last.text
    }
  }

  /// The span with the days of the week, for people: `Mon 2027-03-01 to Wed 2027-03-03`.
  public var described: String {
    func day(_ day: CalendarDay) -> String { "\(day.weekdayName) \(day.text)" }
    switch (first, last) {
    case (let first?, let last?): return first == last ? day(first) : "\(day(first)) to \(day(last))"
    case (let first?, nil): return "\(day(first)) and later"
    case (nil, let last?): return "\(day(last)) and earlier"
    case (nil, nil): return "any day"
    }
  }

  /// The days of a text that is a date of day, month or year precision, or an interval of such; `nil` if it is none.
  init?(date text: Text) {
    let sides = text.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard PartialDate.isValid(text), let first = Self.days(sides[0]), let last = Self.days(sides[sides.count - 1])
    else { return nil }
    self.init(first.first, last.last)
  }

  /// The days of one date without an interval; a season is as long as its year.
  private static func days(_ bytes: ArraySlice<UInt8>) -> DaySpan? {
    var bytes = bytes
    if let last = bytes.last, "?~%".utf8.contains(last) { bytes.removeLast() }
    if let day = CalendarDay(bytes) { return DaySpan(day, day) }
    guard let year = Digits.number(bytes.prefix(4), count: 4) else { return nil }
    if bytes.count == 7, let month = Digits.number(bytes.suffix(2), count: 2), (1...12).contains(month) {
      return .month(year, month)
    }
    return .year(year)
  }

  /// A month; `nil` outside the calendar.
  static func month(_ year: Int, _ month: Int) -> DaySpan? {
    guard let first = CalendarDay(year: year, month: month, day: 1),
      let last = CalendarDay(year: year, month: month, day: CalendarDay.length(of: month, in: year))
    else { return nil }
    return DaySpan(first, last, .month)
  }

  /// A year; `nil` outside the calendar.
  static func year(_ year: Int) -> DaySpan? {
    guard let first = CalendarDay(year: year, month: 1, day: 1), let last = CalendarDay(year: year, month: 12, day: 31)
    else { return nil }
    return DaySpan(first, last, .year)
  }
}
