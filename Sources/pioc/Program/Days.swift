import Glibc
import Records
import Terminal

/// Days that a person types, by this machine's calendar.
struct Days {
  /// Today here, `YYYY-MM-DD`.
  let today: String

  init(now milliseconds: Int64) { today = String(LocalTime.text(milliseconds: milliseconds).prefix(10)) }

  /// What was typed for a field, with words for days ("next friday") in the form that the field takes.
  func typed(_ text: String, for field: Field) -> String {
    field.type == .when || field.type == .date ? DaySpan.resolved(text, today: today) : text
  }

  /// The days that the value of an option means.
  func span(_ text: String, option: String) throws -> DaySpan {
    if let span = DaySpan(typed: text, today: today) { return span }
    let advice =
      "Write for example 2027-03-01, 2027-03, 2027-03-01..2027-03-03, today, \"next month\", \"last 30 days\" or friday."
    if let fault = DaySpan.fault(typed: text) {
      throw Failure.usage("\(option): \(TerminalSafe.line(fault)).", advice)
    }
    throw Failure.usage(
      "\(option): it cannot be told which days '\(DisplayWidth.clip(TerminalSafe.line(text), to: 48))' means.", advice)
  }
}
