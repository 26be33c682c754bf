import JSON
public import Sync

extension DaySpan {
  /// The days of a record: those of an event, the date of a publication; `nil` if it has none.
  public static func of(_ state: RecordState) -> DaySpan? {
    switch state.kind {
    case "event":
      guard let object = state.value(Path("when"))?.object, let time = try? EventTime(object) else { return nil }
      return of(time)
    case "publication": return state.value(Path("issued"))?.text.flatMap { DaySpan(date: $0) }
    default: return nil
    }
  }

  private static func of(_ time: EventTime) -> DaySpan? {
    switch time {
    case .days(let first, let last): DaySpan(first, last ?? first)
    // The days in the event's own zone: what a person of its city would call them.
    case .times(let start, let end, _): DaySpan(start.day, end?.day ?? start.day)
    case .month(let text), .year(let text): DaySpan(date: text)
    case .toBeAnnounced: nil
    }
  }
}
