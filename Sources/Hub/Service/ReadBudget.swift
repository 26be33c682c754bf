import Sync

/// What one request that reads may still cost the thread that all requests share.
///
/// A page ends once the budget is spent, with a cursor that goes on after what was looked at last; so it goes beyond by
/// one record at most.
package struct ReadBudget {
  /// How many bytes of states one request unfolds: some ten milliseconds.
  package var mostBytes = 1024 * 1024
  /// How many entries of the log one request walks along.
  package var mostEntries: Int64 = 10_000
  /// How many bytes one answer has, without its last record.
  package var mostTold = Limits.pageBytes
  /// By how much passing a record over is cheaper than unfolding it: its pages are walked, not read.
  private static let passing = 8
  /// By how much searching what a record says is dearer than unfolding it, and more: a megabyte takes a tenth of a second.
  private static let searching = 3

  private var looked = 0
  private var told = 0

  /// The usual budget.
  package init() {}

  /// A record was unfolded whose state has so many bytes.
  mutating func unfold(_ bytes: Int64) { looked += Int(bytes) }

  /// All that a record says was searched, whose state has so many bytes.
  mutating func search(_ bytes: Int64) { looked += Int(bytes) * Self.searching }

  /// A record was passed over, for what stands behind its state of so many bytes.
  mutating func pass(_ bytes: Int64) { looked += Int(bytes) / Self.passing }

  /// So many bytes go into the answer.
  mutating func tell(_ bytes: Int) { told += bytes }

  /// Whether the page must end.
  var isSpent: Bool { looked >= mostBytes || told >= mostTold }
}
