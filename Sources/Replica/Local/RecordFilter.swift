public import JSON
public import Records
import Store
import Sync

/// Which records a list shows; whatever is `nil` or false leaves nothing out.
public struct RecordFilter: Sendable {
  /// The kind of records.
  public var kind: Text?
  /// Deleted records, which can be restored, instead of live ones.
  public var isDeleted = false
  /// Only those in conflict.
  public var isInConflict = false
  /// Only those with changes that were not sent yet.
  public var isPending = false
  /// Days of which one at least is a day of the record.
  public var days: DaySpan?
  /// A programme area, compared folded.
  public var area: String?
  /// The word in the record's own field of that kind (`webinar`, `report`, `org`), compared folded.
  public var word: String?
  /// The member that keeps the record.
  public var member: String?
  /// Only those that anybody has changed since, in milliseconds of Unix time.
  public var changedSince: Int64?

  /// A filter that leaves nothing out.
  public init(kind: Text? = nil) { self.kind = kind }

  /// Whether the columns of the list are not enough to decide.
  var needsState: Bool { days != nil || area != nil || word != nil || member != nil || changedSince != nil }

  /// The folded words that the index of words can look for first: those of fields that it holds.
  var indexed: String? {
    let isWordSearched = kind.flatMap { Kinds.named($0)?.field(Self.wordField($0))?.isSearched } ?? false
    let phrases = [area, isWordSearched ? word : nil].compactMap { $0.map(SearchText.fold) }.filter { !$0.isEmpty }
    return phrases.isEmpty ? nil : phrases.map { "\"\($0)\"" }.joined(separator: " ")
  }

  /// Between which texts of the column that lists are sorted by the records stand; all of them without days.
  ///
  /// An event began at most a year before its last day (`2026`, `2026-03` and `2026-03-01` stand in this order); the
  /// interval of a publication may be of any length.
  func dates(of kind: Text) -> (first: String, last: String) {
    let farthest = "\u{10FFFF}"
    guard let days, kind == "event" || kind == "publication" else { return ("", farthest) }
    let year = days.firstText.flatMap { Int($0.prefix(4)) } ?? 0
    let digits = String(max(0, year - 2))
    let first = kind == "event" ? String(repeating: "0", count: max(0, 4 - digits.count)) + digits : ""
    return (first, (days.lastText ?? "") + farthest)
  }

  /// Whether a record is shown, as far as its state decides.
  func admits(_ record: StoredRecord, lastChange: () throws -> Int64?) throws -> Bool {
    let state = record.state
    if let days {
      guard let own = DaySpan.of(state), own.overlaps(days) else { return false }
    }
    if let area, !Self.keys("areas", state).contains(SearchText.fold(area)) { return false }
    if let word {
      guard let value = state.value(Path(Self.wordField(state.kind)))?.text,
        SearchText.fold(value.string) == SearchText.fold(word)
      else {
        return false
      }
    }
    if let member, state.value(Path("owner"))?.text?.string != member { return false }
    guard let changedSince else { return true }
    let newest = state.cells.map(\.time).max() ?? 0
    return max(newest, try lastChange() ?? 0) >= changedSince
  }

  /// The field that says of what sort a record of a kind is.
  private static func wordField(_ kind: Text) -> Text { kind == "publication" ? "type" : "kind" }

  private static func keys(_ field: Text, _ state: RecordState) -> [String] {
    state.cells(of: field).compactMap { $0.path.key.map { SearchText.fold($0.string) } }
  }
}
