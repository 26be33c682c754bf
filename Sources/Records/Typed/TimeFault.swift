import JSON

/// What is wrong with a text that was meant as a time of an event or a date, as exactly as it can be told.
enum TimeFault {
  /// The fault; `nil` where the text is no date that was merely written otherwise.
  ///
  /// - Parameter text: in plain spelling (``TimeSpelling``).
  static func violation(_ text: String) -> Violation? {
    let sides = text.contains("..") ? text.split(separator: "..").map(String.init) : [text]
    for side in sides {
      let words = side.split { $0 == " " || $0 == "T" }.map(String.init)
      if let found = words.lazy.compactMap({ turned($0) ?? missing($0) ?? clock($0) }).first { return found }
    }
    return nil
  }

  /// A date that does not begin with its year: `31/03/2027`.
  private static func turned(_ word: String) -> Violation? {
    let parts = word.split(omittingEmptySubsequences: false) { "/.-".contains($0) }
    guard parts.count == 3, let first = number(parts[0]), let second = number(parts[1]), let year = number(parts[2]),
      parts[0].count <= 2
    else { return nil }
    guard parts[2].count == 4 else {
      return Violation(
        saying: "\"\(word)\" does not say its year with four digits; write the year first, as in 2027-04-03")
    }
    let readings = [(second, first), (first, second)].compactMap {
      CalendarDay(year: year, month: $0.0, day: $0.1)?.text
    }
    switch Set(readings).count {
    case 0: return Violation(saying: "there is no day \"\(word)\"; write the year first, as in 2027-04-03")
    case 1: return Violation(saying: "\"\(word)\" is written with the year first: \(readings[0])")
    default:
      return Violation(saying: "\"\(word)\" could be read in two ways; write \(readings[0]) or \(readings[1])")
    }
  }

  /// A day or a month that no calendar has: `2027-02-30`, `2027-13`.
  private static func missing(_ word: String) -> Violation? {
    let parts = word.split(omittingEmptySubsequences: false) { "/.-".contains($0) }
    guard (2...3).contains(parts.count), parts[0].count == 4, let year = number(parts[0]), year > 0,
      let month = number(parts[1]), parts[1].count == 2
    else { return nil }
    guard (1...12).contains(month) else { return Violation(saying: "there is no month \(month) in \"\(word)\"") }
    guard parts.count == 3, let day = number(parts[2]), parts[2].count == 2 else { return nil }
    let length = CalendarDay.length(of: month, in: year)
    guard (1...length).contains(day) else {
      return Violation(saying: "there is no \(word): that month has \(length) days")
    }
    return word.contains("-")
      ? nil : Violation(saying: "write \"\(word)\" with hyphens: \(parts.joined(separator: "-"))")
  }

  /// A time of day that no clock shows, or that is written otherwise: `25:00`, `10am`.
  private static func clock(_ word: String) -> Violation? {
    let rule = "a time of day is written as 09:30 or 21:30"
    let lowered = word.lowercased()
    if let mark = ["am", "pm"].first(where: lowered.hasSuffix), lowered.dropLast(mark.count).allSatisfy(\.isNumber),
      lowered.count > 2
    {
      return Violation(saying: "\(rule), not \"\(word)\"")
    }
    let dotted = word.split(separator: ".", omittingEmptySubsequences: false)
    if dotted.count == 2, dotted.allSatisfy({ $0.count == 2 && number($0) != nil }) {
      return Violation(saying: "\(rule), not \"\(word)\"")
    }
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 2, let hour = number(parts[0]), let minute = number(parts[1].prefix(2)) else { return nil }
    return hour > 23 || minute > 59 ? Violation(saying: "\(rule); there is no \"\(word)\"") : nil
  }

  private static func number(_ text: some StringProtocol) -> Int? {
    let bytes = Array(text.utf8)
    return bytes.isEmpty ? nil : Digits.number(bytes[...], count: bytes.count)
  }
}
