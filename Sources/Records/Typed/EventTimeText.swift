import JSON

/// Times of events as people type them.
extension EventTime {
  /// Reads `2020-02-04`, `2020-02-04..2020-02-06`, `2022-06-22 10:00..11:30 America/Chicago`, `2019-12`,
  /// `2020`, `tba`; instead of an end, a time may have a length: `2022-06-22 10:00 America/Chicago +90m`.
  ///
  /// Digits, dashes and blanks of other keyboards are read too (``TimeSpelling``), and a day named with its month and year.
  init(typed spelled: Text) throws(Violation) {
    let text = Text(TimeSpelling.plain(DaySpan.dated(spelled.string)))
    if let fault = TimeFault.violation(text.string) { throw fault }
    let words = text.bytes.split { $0 == 0x20 || $0 == UInt8(ascii: "T") }
    guard let first = words.first else { throw Self.unreadable }
    switch words.count {
    case 1 where Letters.lowered(text) == "tba": self = .toBeAnnounced
    case 1 where PartialDate.isYear(text): self = .year(text)
    case 1 where PartialDate.isMonth(text): self = .month(text)
    case 1: self = try Self.typedDays(first)
    case _ where !text.bytes.contains(UInt8(ascii: ":")): throw Self.unreadable
    default: self = try Self.typedTimes(text)
    }
  }

  /// The text that reads as this time.
  var typed: String {
    switch self {
    case .days(let first, let last): first.text + (last.map { ".." + $0.text } ?? "")
    case .times(let start, let end, let zone):
      "\(start.day.text) \(start.clock)" + Self.typedEnd(end, after: start) + " \(zone)"
    case .month(let text), .year(let text): text.string
    case .toBeAnnounced: "tba"
    }
  }

  private static let unreadable = Violation(
    rule:
      "a time such as 2020-02-04, 2020-02-04..2020-02-06, 2022-06-22 10:00 America/Chicago, 2019-12 or tba"
  )

  private static func typedEnd(_ end: LocalTime?, after start: LocalTime) -> String {
    guard let end else { return "" }
    return ".." + (end.day == start.day ? end.clock : "\(end.day.text) \(end.clock)")
  }

  private static func typedDays(_ bytes: ArraySlice<UInt8>) throws(Violation) -> EventTime {
    let sides = divided(bytes)
    if sides.count == 2,
      sides.map(TypedText.text).contains(where: { PartialDate.isMonth($0) || PartialDate.isYear($0) })
    {
      throw Violation(saying: "a range goes from a day to a day, as in 2027-03-01..2027-05-31")
    }
    guard (1...2).contains(sides.count), CalendarDay(sides[0]) != nil else { throw unreadable }
    var object: JSONObject = ["start": .string(TypedText.text(sides[0]))]
    if sides.count == 2 { object["end"] = .string(TypedText.text(sides[1])) }
    return try EventTime(object)
  }

  private static func typedTimes(_ text: Text) throws(Violation) -> EventTime {
    let sides = divided(text.bytes[...])
    guard (1...2).contains(sides.count) else { throw unreadable }
    var words = sides[sides.count - 1].split(separator: 0x20)
    let length = words.last.flatMap { minutes(in: $0) }
    if length != nil { words.removeLast() }
    guard let zone = words.popLast(), isZone(TypedText.text(zone)) else {
      throw Violation(rule: "given with the name of a time zone such as America/Bogota, or UTC, at its end")
    }
    let start: LocalTime
    var end: LocalTime?
    if sides.count == 1 {
      start = try time(words, on: nil)
      end = length.flatMap { start.adding(minutes: $0) }
    } else {
      start = try time(sides[0].split(separator: 0x20), on: nil)
      end = try time(words, on: start.day)
      if length != nil { throw Violation(rule: "given an end or a length, not both") }
    }
    let value = EventTime.times(start, end: end, zone: TypedText.text(zone))
    return try EventTime(value.json.object ?? [:])
  }

  /// A time of day, with its day in front or on a day that is known.
  private static func time(_ words: [ArraySlice<UInt8>], on day: CalendarDay?) throws(Violation) -> LocalTime {
    if words.count == 1, let time = LocalTime(words[0]) { return time }
    if words.count == 1, let day, let minute = LocalTime.minuteOfDay(words[0]) {
      return LocalTime(day: day, minuteOfDay: minute)
    }
    guard words.count == 2, let day = CalendarDay(words[0]), let minute = LocalTime.minuteOfDay(words[1])
    else {
      throw unreadable
    }
    return LocalTime(day: day, minuteOfDay: minute)
  }

  /// Minutes in `+90m` or `+2h`.
  private static func minutes(in word: ArraySlice<UInt8>) -> Int? {
    guard word.first == UInt8(ascii: "+"), let unit = word.last, (3...6).contains(word.count) else {
      return nil
    }
    let digits = word.dropFirst().dropLast()
    guard let number = Digits.number(digits, count: digits.count) else { return nil }
    switch unit {
    case UInt8(ascii: "m"): return number
    case UInt8(ascii: "h"): return number * 60
    default: return nil
    }
  }

  /// Divides at `..`.
  private static func divided(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let dot = UInt8(ascii: ".")
    guard let index = bytes.indices.dropLast().first(where: { bytes[$0] == dot && bytes[$0 + 1] == dot })
    else {
      return [bytes]
    }
    return [TypedText.trimmed(bytes[..<index]), TypedText.trimmed(bytes[(index + 2)...])]
  }
}
