import JSON
import Records
import Testing

@Suite("Days as people say them")
struct DayWordsTests {
  /// A Sunday.
  static let today = "2026-11-22"

  @Test(
    "words mean the days that a calendar shows",
    arguments: [
      ("2027-03-01", "2027-03-01", "2027-03-01"), ("2027-03", "2027-03-01", "2027-03-31"),
      ("2024-02", "2024-02-01", "2024-02-29"), ("2027", "2027-01-01", "2027-12-31"),
      ("2027-03-01..2027-03-03", "2027-03-01", "2027-03-03"), ("2027-03..2027-05", "2027-03-01", "2027-05-31"),
      ("today", "2026-11-22", "2026-11-22"), ("Tomorrow", "2026-11-23", "2026-11-23"),
      ("yesterday", "2026-11-21", "2026-11-21"), ("sunday", "2026-11-22", "2026-11-22"),
      ("monday", "2026-11-23", "2026-11-23"), ("next sunday", "2026-11-29", "2026-11-29"),
      ("last sunday", "2026-11-15", "2026-11-15"), ("last monday", "2026-11-16", "2026-11-16"),
      ("this friday", "2026-11-27", "2026-11-27"), ("this week", "2026-11-16", "2026-11-22"),
      ("next week", "2026-11-23", "2026-11-29"), ("this weekend", "2026-11-21", "2026-11-22"),
      ("next weekend", "2026-11-28", "2026-11-29"), ("this month", "2026-11-01", "2026-11-30"),
      ("next month", "2026-12-01", "2026-12-31"), ("last month", "2026-10-01", "2026-10-31"),
      ("next year", "2027-01-01", "2027-12-31"), ("last 30 days", "2026-10-23", "2026-11-22"),
      ("next 2 weeks", "2026-11-22", "2026-12-06"), ("in 3 days", "2026-11-25", "2026-11-25"),
      ("2 months ago", "2026-09-22", "2026-09-22"), ("march", "2027-03-01", "2027-03-31"),
      ("november", "2026-11-01", "2026-11-30"), ("last november", "2025-11-01", "2025-11-30"),
      ("march 2028", "2028-03-01", "2028-03-31"), ("3 March 2027", "2027-03-03", "2027-03-03"),
      ("March 3, 2027", "2027-03-03", "2027-03-03"), ("3 march", "2027-03-03", "2027-03-03"),
      ("today..friday", "2026-11-22", "2026-11-27"),
    ])
  func meant(_ text: String, _ first: String, _ last: String) throws {
    let span = try #require(DaySpan(typed: text, today: Self.today))
    #expect(span.firstText == first)
    #expect(span.lastText == last)
  }

  @Test(
    "names of months, weekdays and days are read in Spanish, Portuguese, French and Arabic",
    arguments: [
      ("3 de marzo de 2027", "2027-03-03", "2027-03-03"), ("marzo 2027", "2027-03-01", "2027-03-31"),
      ("Março de 2027", "2027-03-01", "2027-03-31"), ("le 3 août 2027", "2027-08-03", "2027-08-03"),
      ("mañana", "2026-11-23", "2026-11-23"), ("AMANHÃ", "2026-11-23", "2026-11-23"),
      ("aujourd’hui", "2026-11-22", "2026-11-22"), ("ayer..viernes", "2026-11-21", "2026-11-27"),
      ("segunda-feira", "2026-11-23", "2026-11-23"), ("mie\u{301}rcoles", "2026-11-25", "2026-11-25"),
      ("lundi", "2026-11-23", "2026-11-23"), ("next lunes", "2026-11-23", "2026-11-23"),
      ("١٢ أيار ٢٠٢٧", "2027-05-12", "2027-05-12"), ("3 كانون الثاني 2027", "2027-01-03", "2027-01-03"),
      ("كانون الأول 2027", "2027-12-01", "2027-12-31"), ("اليوم", "2026-11-22", "2026-11-22"),
      ("الثلاثاء", "2026-11-24", "2026-11-24"), ("mar 2027", "2027-03-01", "2027-03-31"),
    ])
  func languages(_ text: String, _ first: String, _ last: String) throws { try meant(text, first, last) }

  @Test(
    "a shortened name in another language, and one of another calendar, is nothing",
    arguments: [
      "lun", "ene 2027", "መስከረም 2019", "رمضان", "3 de", "de", "3 de 2027", "mañana por la tarde",
    ])
  func otherNames(_ text: String) { #expect(DaySpan(typed: text, today: Self.today) == nil) }

  @Test("either end of a range may be left open")
  func open() throws {
    #expect(try #require(DaySpan(typed: "2027-03..", today: Self.today)).lastText == nil)
    #expect(try #require(DaySpan(typed: "..2027-03", today: Self.today)).lastText == "2027-03-31")
  }

  @Test(
    "what could be read in two ways, or in none, is nothing",
    arguments: [
      "", "..", "soon", "3/4/2027", "2027-13", "2027-02-30", "30 february", "next", "last x days", "1 2 3", "friday 13",
      "2027-03-03..2027-03-01", "99999 years ago", "in 99999 years", "0000", "next 99999999999999999999 days",
    ])
  func unreadable(_ text: String) { #expect(DaySpan(typed: text, today: Self.today) == nil) }

  @Test(
    "a field of time gets the days and nothing that was not said",
    arguments: [
      ("next month", "2026-12"), ("2028", "2028"), ("march 2028", "2028-03"), ("friday", "2026-11-27"),
      ("tomorrow 10:00..11:30 America/Bogota", "2026-11-23 10:00..11:30 America/Bogota"),
      ("2027-06-22 10:00", "2027-06-22 10:00"), ("next week", "2026-11-23..2026-11-29"),
      ("2027-03..2027-05", "2027-03..2027-05"), ("monday..wednesday", "2026-11-23..2026-11-25"), ("tba", "tba"),
      ("3 de marzo de 2027 10:00..11:30 America/Bogota", "2027-03-03 10:00..11:30 America/Bogota"),
      ("10:00 America/Bogota", "10:00 America/Bogota"), ("2027-03-01..2027-03-01", "2027-03-01..2027-03-01"),
    ])
  func resolved(_ text: String, _ typed: String) { #expect(DaySpan.resolved(text, today: Self.today) == typed) }

  @Test(
    "a day with month and year in its name is read wherever a time is, and words that depend on today are not",
    arguments: [
      ("3 March 2027", "2027-03-03"), ("March 3, 2027", "2027-03-03"), ("٣ آذار ٢٠٢٧", "2027-03-03"),
      ("3 de marzo de 2027..5 de marzo de 2027", "2027-03-03..2027-03-05"), ("marzo 2027", "2027-03"),
      ("3 March 2027 10:00..11:30 UTC", "2027-03-03 10:00..11:30 UTC"), ("3 March", nil), ("march", nil),
      ("friday", nil),
      ("today", nil), ("next month", nil), ("march 2027..may 2027", nil), ("31 april 2027", nil), ("3 4 2027", nil),
      ("2027 March 3 4", nil),
    ] as [(String, String?)])
  func named(_ text: String, _ typed: String?) throws {
    let when = try #require(Kinds.named("event")?.field("when"))
    let expected = try typed.map { try FieldText.parse($0, for: when).map(\.value) }
    #expect((try? FieldText.parse(text, for: when).map(\.value)) == expected)
    let issued = try #require(Kinds.named("publication")?.field("issued"))
    guard !text.contains("10:00"), !text.contains("..") else { return }
    #expect((try? FieldText.parse(text, for: issued).map(\.value)) == typed.map { [.string(Text($0))] })
  }

  @Test("a leap day and the ends of the calendar are months like others")
  func edges() throws {
    #expect(try #require(DaySpan(typed: "in 1 year", today: "2024-02-29")).firstText == "2025-02-28")
    #expect(try #require(DaySpan(typed: "next month", today: "2026-12-31")).firstText == "2027-01-01")
    #expect(DaySpan(typed: "next month", today: "9999-12-31") == nil)
    #expect(DaySpan(typed: "yesterday", today: "0001-01-01") == nil)
  }

  @Test("what was understood is said with the day of the week")
  func said() throws {
    #expect(
      try #require(DaySpan(typed: "next week", today: Self.today)).described == "Mon 2026-11-23 to Sun 2026-11-29")
    #expect(EventWords.said(["start": "2027-03-01"]) == "Mon 2027-03-01, the whole day")
    #expect(EventWords.said(["month": "2027-03"]) == "some time in 2027-03")
    let call: JSON = ["start": "2027-06-22T10:00", "end": "2027-06-22T11:30", "zone": "America/Bogota"]
    #expect(EventWords.said(call) == "Tue 2027-06-22 10:00 to 11:30, in the time of America/Bogota")
  }
}
