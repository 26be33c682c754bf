import JSON

/// Dates of day, month or year precision: EDTF level 0 with `?`, `~` and `%`, and the seasons 21 to 24.
///
/// <https://www.loc.gov/standards/datetime/>. Dates of publications often are no more than a month.
enum PartialDate {
  /// Whether a text is such a date, or an interval of two of them in their order.
  static func isValid(_ text: Text) -> Bool {
    let sides = text.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let bare = sides.compactMap { Self.bare($0) }
    guard bare.count == sides.count, (1...2).contains(bare.count) else { return false }
    guard bare.count == 2 else { return true }
    // Two precisions compare as far as both go: 2019-12/2019 is in order.
    let shared = min(bare[0].count, bare[1].count)
    return !bare[1].prefix(shared).lexicographicallyPrecedes(bare[0].prefix(shared))
  }

  /// Whether a text is `YYYY`.
  static func isYear(_ text: Text) -> Bool {
    Digits.number(text.bytes[...], count: 4).map { $0 >= 1 } ?? false
  }

  /// Whether a text is `YYYY-MM`.
  static func isMonth(_ text: Text) -> Bool {
    text.count == 7 && CalendarDay((text.bytes + Array("-01".utf8))[...]) != nil
  }

  /// Bytes that sort by time: the first date, without what qualifies it.
  static func sortKey(_ text: Text) -> Text? {
    guard isValid(text), let first = text.bytes.split(separator: UInt8(ascii: "/")).first else { return nil }
    return bare(first).flatMap { Text(validating: $0) }
  }

  /// One date without its qualifier; `nil` if it is none.
  private static func bare(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var bytes = bytes
    if let last = bytes.last, "?~%".utf8.contains(last) { bytes.removeLast() }
    let text = Text(validating: bytes) ?? ""
    return isYear(text) || isMonth(text) || isSeason(text) || CalendarDay(bytes) != nil ? bytes : nil
  }

  private static func isSeason(_ text: Text) -> Bool {
    guard text.count == 7, text.bytes[4] == UInt8(ascii: "-"),
      isYear(Text(validating: text.bytes[..<4]) ?? "")
    else {
      return false
    }
    return Digits.number(text.bytes[5...], count: 2).map { (21...24).contains($0) } ?? false
  }
}
