import JSON
import Testing

@testable import Records

@Suite("Calendar")
struct CalendarTests {
  @Test("days count up without gap or repeat through leap years and centuries")
  func days() throws {
    let first = try #require(CalendarDay(Array("1895-01-01".utf8)[...])).daysSince1970
    #expect(CalendarDay(daysSince1970: 0)?.text == "1970-01-01")
    #expect(CalendarDay(daysSince1970: first)?.text == "1895-01-01")
    var previous = try #require(CalendarDay(daysSince1970: first - 1))
    var leapDays = 0
    for number in first..<(first + 206 * 366) {
      guard let day = CalendarDay(daysSince1970: number), day.daysSince1970 == number, previous < day,
        CalendarDay(Array(day.text.utf8)[...]) == day
      else {
        Issue.record("day \(number)")
        return
      }
      if day.month == 2, day.day == 29 { leapDays += 1 }
      previous = day
    }
    // 1896 to 2096 without 1900 and 2100.
    #expect(leapDays == 50)
  }

  @Test(
    "days that do not exist are refused",
    arguments: [
      "2021-02-29", "1900-02-29", "2020-04-31", "2020-00-10", "2020-13-01", "2020-01-00", "2020-1-01",
      "0000-01-01",
      "20200101", "2020-01-01 ", "+020-01-01", "2020-01-01-", "２０２０-01-01", "",
    ])
  func noDays(_ text: String) { #expect(CalendarDay(Array(text.utf8)[...]) == nil) }

  @Test(
    "the ends of the calendar are kept", arguments: [("0001-01-01", -719_162), ("9999-12-31", 2_932_896)])
  func ends(_ text: String, _ number: Int) throws {
    let day = try #require(CalendarDay(Array(text.utf8)[...]))
    #expect(day.daysSince1970 == number)
    #expect(CalendarDay(daysSince1970: number) == day)
    #expect(CalendarDay(daysSince1970: number < 0 ? number - 1 : number + 1) == nil)
  }

  @Test("a length beyond the calendar gives no time")
  func lengths() throws {
    let time = try #require(LocalTime(Array("9999-12-31T23:30".utf8)[...]))
    #expect(time.adding(minutes: 29)?.text == "9999-12-31T23:59")
    #expect(time.adding(minutes: 30) == nil)
    #expect(time.adding(minutes: .max) == nil)
  }
}
