public import JSON

/// Times of events in words, to be said again to whoever typed them.
public enum EventWords {
  /// "Mon 2027-03-01 to Wed 2027-03-03, whole days"; `nil` for a value that is no time.
  public static func said(_ value: JSON) -> String? {
    guard let object = value.object, let time = try? EventTime(object) else { return nil }
    switch time {
    case .days(let first, let last):
      let days = DaySpan(first, last ?? first)
      return days.described + (last == nil ? ", the whole day" : ", whole days")
    case .times(let start, let end, let zone):
      let until = end.map { $0.day == start.day ? $0.clock : "\($0.day.weekdayName) \($0.day.text) \($0.clock)" }
      return "\(start.day.weekdayName) \(start.day.text) \(start.clock)" + (until.map { " to \($0)" } ?? "")
        + ", in the time of \(zone)"
    case .month(let text): return "some time in \(text)"
    case .year(let text): return "some time in \(text)"
    case .toBeAnnounced: return "not known yet"
    }
  }
}
