import JSON

/// Finds out which lines of an edited form are values that it showed.
///
/// A line with the text of a value is that value. In a list, a line that stands where a value stood which is gone is
/// that value edited: it keeps its key, so that two who edit one item meet, and do not make two of it.
struct FormMatching {
  private let shown: [FormEntry]
  /// The places of the values that have not been found again, by their texts.
  private var free: [Text: [Int]] = [:]
  /// The place of the value that each line is, if it is one.
  private var found: [Int?] = []

  init(_ shown: [FormEntry]) {
    self.shown = shown
    for (index, entry) in shown.enumerated().reversed() {
      free[RecordForm.folded(entry.text), default: []].append(index)
    }
  }

  /// Takes the next line.
  mutating func take(_ folded: Text) { found.append(free[folded]?.popLast()) }

  /// The value that a line shows unchanged.
  func entry(_ line: Int) -> FormEntry? { found[line].map { shown[$0] } }

  /// The key of the value that a line has taken the place of.
  func edited(_ line: Int) -> Text? {
    let before = found[..<line].lastIndex { $0 != nil }
    let first = (before.flatMap { found[$0] } ?? -1) + 1
    let place = first + (line - (before ?? -1) - 1)
    let taken = Set(found.compactMap { $0 })
    guard shown.indices.contains(place), (first...place).allSatisfy({ !taken.contains($0) }) else { return nil }
    return shown[place].element.key
  }
}
