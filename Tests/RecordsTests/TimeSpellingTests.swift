import JSON
import Records
import Testing

@Suite("Times from other keyboards, and those that are wrong")
struct TimeSpellingTests {
  private let when: Field

  init() throws { when = try #require(Kinds.named("event")?.field("when")) }

  @Test(
    "other digits, dashes and blanks mean the same",
    arguments: [
      ("٢٠٢٧-٠٣-٠١", "2027-03-01"), ("２０２７－０３－０１", "2027-03-01"), ("۲۰۲۷-۳-۱", "2027-03-01"),
      ("2027–03–01", "2027-03-01"), ("2027-3-1", "2027-03-01"), ("2027-3", "2027-03"),
      ("2027-03-01…2027-03-03", "2027-03-01..2027-03-03"), ("2027-03-01 – 2027-03-03", "2027-03-01..2027-03-03"),
      ("2027-3-1 to 2027-3-3", "2027-03-01..2027-03-03"), ("\u{2068}2027-03-01\u{2069}", "2027-03-01"),
      ("2027-03-01\u{A0}9:00..10:30 Europe/Lisbon", "2027-03-01 09:00..10:30 Europe/Lisbon"),
      ("2027-03-01 9：00 Asia/Amman", "2027-03-01 09:00 Asia/Amman"),
    ])
  func plain(_ typed: String, _ meant: String) throws {
    let value = try FieldText.parse(typed, for: when).first?.value
    #expect(try value?.canonical() == FieldText.parse(meant, for: when).first?.value.canonical())
  }

  @Test(
    "what is wrong is said, and nothing is guessed",
    arguments: [
      ("31/03/2027", "with the year first: 2027-03-31"), ("3/31/2027", "with the year first: 2027-03-31"),
      ("31.03.2027", "with the year first: 2027-03-31"), ("01/03/2027", "write 2027-03-01 or 2027-01-03"),
      ("3-4-2027", "write 2027-04-03 or 2027-03-04"), ("27-03-01", "four digits"), ("32/13/2027", "there is no day"),
      ("2027-02-30", "that month has 28 days"), ("2028-02-30", "that month has 29 days"), ("2027-13", "no month 13"),
      ("2027-13-01", "no month 13"), ("2027/03/01", "with hyphens: 2027-03-01"),
      ("2027-03..2027-05", "from a day to a day"), ("2027-03-01 25:00 UTC", "there is no \"25:00\""),
      ("2027-03-01 10am UTC", "written as 09:30"), ("2027-03-01 10.30 UTC", "written as 09:30"),
      ("2027-03-01..2027-02-30", "that month has 28 days"), ("2027-03-01 10:00", "a time zone"),
      ("1 de marso de 2027", "a time such as"), ("Q3 2027", "a time such as"), ("soon", "a time such as"),
    ])
  func wrong(_ typed: String, _ told: String) {
    do {
      let elements = try FieldText.parse(typed, for: when)
      Issue.record("\(elements)")
    } catch {
      #expect(error.message.contains(told), "\(error.message)")
    }
  }

  @Test("a day and a month are never exchanged")
  func order() { #expect(throws: FieldError.self) { try FieldText.parse("٠١/٠٣/٢٠٢٧", for: when) } }

  @Test("dates of publications are read alike, and their own forms stay")
  func dates() throws {
    let issued = try #require(Kinds.named("publication")?.field("issued"))
    for (typed, meant) in [
      ("٢٠١٩-١٢", "2019-12"), ("2019–12–01", "2019-12-01"), ("2019-12~", "2019-12~"), ("2019-21", "2019-21"),
      ("2019-12/2020-01", "2019-12/2020-01"),
    ] {
      #expect(try FieldText.parse(typed, for: issued).first?.value == .string(Text(meant)))
    }
    do {
      let elements = try FieldText.parse("31/12/2019", for: issued)
      Issue.record("\(elements)")
    } catch {
      #expect(error.message.contains("2019-12-31"), "\(error.message)")
    }
  }
}
