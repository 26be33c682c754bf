import JSON

/// The value of `when`, read: one atomic value, so that no merge can bring an end before its start.
enum EventTime: Hashable {
  /// Whole days without any zone; the last day belongs to it.
  case days(CalendarDay, last: CalendarDay?)
  /// Local time in a zone; the zone's rules are looked up when it is shown.
  case times(LocalTime, end: LocalTime?, zone: Text)
  /// A month, `2019-12`.
  case month(Text)
  /// A year, `2020`.
  case year(Text)
  /// Not known yet.
  case toBeAnnounced

  /// The longest event, in days.
  static let longest = 366

  static let forms = "a day, two days, a local time with its zone, a month, a year, or to be announced"

  /// Reads a value; members that only a newer version knows are passed over.
  init(_ object: JSONObject) throws(Violation) {
    let form = ["start", "month", "year", "tba"].filter { object[Text($0)] != nil }
    guard form.count == 1 else { throw Violation(rule: Self.forms) }
    switch form[0] {
    case "start": self = try Self.span(object)
    case "month":
      guard let text = object["month"]?.text, PartialDate.isMonth(text) else {
        throw Violation(rule: "a month such as 2019-12", part: "month")
      }
      self = .month(text)
    case "year":
      guard let text = object["year"]?.text, PartialDate.isYear(text) else {
        throw Violation(rule: "a year such as 2020", part: "year")
      }
      self = .year(text)
    default:
      guard object["tba"] == true else { throw Violation(rule: "true", part: "tba") }
      self = .toBeAnnounced
    }
    guard form[0] == "start" || object["end"] == nil && object["zone"] == nil else {
      throw Violation(rule: Self.forms)
    }
  }

  /// The value as it stands in a record.
  var json: JSON {
    switch self {
    case .days(let first, let last):
      var object: JSONObject = ["start": .string(Text(first.text))]
      if let last { object["end"] = .string(Text(last.text)) }
      return .object(object)
    case .times(let start, let end, let zone):
      var object: JSONObject = ["start": .string(Text(start.text))]
      if let end { object["end"] = .string(Text(end.text)) }
      object["zone"] = .string(zone)
      return .object(object)
    case .month(let text): return ["month": .string(text)]
    case .year(let text): return ["year": .string(text)]
    case .toBeAnnounced: return ["tba": true]
    }
  }

  /// Bytes that sort by time: the start, as far as it is known.
  var sortKey: Text? {
    switch self {
    case .days(let first, _): Text(first.text)
    case .times(let start, _, _): Text(start.text)
    case .month(let text), .year(let text): text
    case .toBeAnnounced: nil
    }
  }

  private static func span(_ object: JSONObject) throws(Violation) -> EventTime {
    let start = object["start"]?.text?.bytes[...] ?? []
    let end = object["end"].map { $0.text?.bytes[...] ?? [] }
    if let first = CalendarDay(start) {
      guard object["zone"] == nil else {
        throw Violation(rule: "left out where there are only days", part: "zone")
      }
      return try days(first, end)
    }
    guard let time = LocalTime(start) else {
      throw Violation(rule: "a day such as 2020-02-04 or a time such as 2022-06-22T10:00", part: "start")
    }
    guard let zone = object["zone"]?.text, isZone(zone) else {
      throw Violation(rule: "the name of a time zone such as America/Bogota, or UTC", part: "zone")
    }
    guard let end else { return .times(time, end: nil, zone: zone) }
    guard let last = LocalTime(end), time < last, last.minutes - time.minutes <= longest * 1440 else {
      throw Violation(rule: "a time after the start, at most \(longest) days later", part: "end")
    }
    return .times(time, end: last, zone: zone)
  }

  private static func days(_ first: CalendarDay, _ end: ArraySlice<UInt8>?) throws(Violation) -> EventTime {
    guard let end else { return .days(first, last: nil) }
    guard let last = CalendarDay(end), first <= last, last.daysSince1970 - first.daysSince1970 < longest
    else {
      throw Violation(rule: "the last day, not before the start, of at most \(longest) days", part: "end")
    }
    return .days(first, last: last)
  }

  /// Whether a text looks like a name of the tz database; whether there is such a zone cannot be told here.
  static func isZone(_ text: Text) -> Bool {
    if text == "UTC" { return true }
    let parts = text.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard text.count <= 64, (2...3).contains(parts.count) else { return false }
    return parts.allSatisfy { part in
      guard let first = part.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else {
        return false
      }
      return part.allSatisfy { Letters.isLetter($0) || Digits.isDigit($0) || "_+-".utf8.contains($0) }
    }
  }
}
