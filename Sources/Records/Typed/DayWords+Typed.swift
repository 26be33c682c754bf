extension DaySpan {
  /// The days that a person's words mean, on a day of hers; `nil` if that cannot be told.
  ///
  /// - Parameters:
  ///   - text: the words, such as `next month` or `2027-03-01..`.
  ///   - today: the day on which they are said, `YYYY-MM-DD`.
  public init?(typed text: String, today: String) {
    guard let day = CalendarDay(Array(today.utf8)[...]), let span = DayWords(today: day).span(TimeSpelling.plain(text))
    else { return nil }
    self = span
  }

  /// What is wrong with words that mean no days, in one clause; `nil` if it cannot be told.
  public static func fault(typed text: String) -> String? { TimeFault.violation(TimeSpelling.plain(text))?.clause }

  /// A text for a field of time with its words in the form that the field takes; unchanged where there are none.
  ///
  /// `tomorrow 10:00..11:30 America/Bogota` begins with a day, and only that is replaced: no time and no zone is ever
  /// added. `next month` becomes a month and not its days.
  public static func resolved(_ text: String, today: String) -> String {
    guard let day = CalendarDay(Array(today.utf8)[...]) else { return text }
    return replacingHead(of: text) { DayWords(today: day).typed($0) }
  }

  /// A text for a field of time whose days are named with month and year (`3 March 2027 10:00 UTC`) in the form that the
  /// field takes; unchanged where there are none, or where they mean something else on another day.
  static func dated(_ text: String) -> String {
    // There is no name of a month in figures alone, which most times are.
    guard text.utf8.contains(where: { $0 >= UInt8(ascii: "A") }) else { return text }
    return replacingHead(of: text) { said in
      let ends = said.contains("..") ? said.split(separator: "..").map(String.init) : [said]
      let spans = ends.compactMap(DayWords.dated)
      guard spans.count == ends.count, ends.count == 1 || spans.allSatisfy({ $0.precision == .days }) else {
        return nil
      }
      return spans.compactMap(\.typed).joined(separator: "..")
    }
  }

  /// A text whose words before the first time of day are replaced, if something is known to replace them.
  private static func replacingHead(of text: String, _ replace: (String) -> String?) -> String {
    let words = TimeSpelling.plain(text).split(separator: " ").map(String.init)
    let head = words.prefix { !isTime($0) }
    guard !head.isEmpty, let typed = replace(head.joined(separator: " ")) else { return text }
    return ([typed] + words.dropFirst(head.count)).joined(separator: " ")
  }

  /// Whether a word begins with a time of day.
  private static func isTime(_ word: String) -> Bool {
    word.utf8.first.map { Digits.isDigit($0) } ?? false && word.utf8.contains(UInt8(ascii: ":"))
  }
}
