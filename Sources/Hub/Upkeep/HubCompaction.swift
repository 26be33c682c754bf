import JSON
import SQLite
import Store
import Sync

/// Forgets the bytes of changes that every replica has read which reads on, and that are old enough for nobody to ask about.
///
/// The entries stay: place, dot, hash, time and fate, so no number is used twice and every name is still known. Readers
/// that come from before them get the record's state instead, as they do where an entry touched a mark
/// (Protocol/README.md, 6.5). What nobody can read any more is who wrote a value that was replaced since.
struct HubCompaction {
  /// What one step did.
  struct Outcome {
    /// How many changes lost their bytes.
    var pruned: Int64 = 0
    /// Whether there is more to prune.
    var hasMore = false
    /// The entry up to which all have read who read on.
    var readByAll: Int64 = 0
    /// Who has read the least; `nil` where nobody is behind.
    var hindmost: Text?
  }

  /// How many entries one transaction looks at, so that no request waits long for it.
  static let entriesPerStep: Int64 = 20_000
  /// The setting that remembers up to where entries were pruned.
  private static let key: Text = "compacted"

  let log: HubLog
  let store: Store

  /// Prunes some more; belongs into a transaction.
  ///
  /// - Parameter before: only entries that are older than this, in Unix milliseconds.
  func step(before: Int64) throws -> Outcome {
    var outcome = Outcome()
    (outcome.readByAll, outcome.hindmost) = try readByAll()
    let start = try store.settings.text(Self.key).flatMap { Int64($0.string) } ?? 0
    let end = min(outcome.readByAll, start + Self.entriesPerStep)
    guard end > start else { return outcome }
    // Clocks jump: what counts is the first entry that is too young, and nothing behind it.
    let young = try store.connection.integer(
      "SELECT min(pos) FROM log WHERE pos > ?1 AND pos <= ?2 AND time >= ?3", .integer(start), .integer(end),
      .integer(before))
    let last = young.map { $0 - 1 } ?? end
    // Of an erased record only the erasing change has bytes, and that one says nothing of it.
    try store.connection.run(
      """
      UPDATE log SET body = NULL, flags = flags | 1
      WHERE pos > ?1 AND pos <= ?2 AND fate = 1 AND body IS NOT NULL
        AND NOT EXISTS(SELECT 1 FROM record INDEXED BY record_erased WHERE num = log.record AND deleted = 2)
      """, .integer(start), .integer(last))
    outcome.pruned = Int64(store.connection.changes)
    try store.settings.set(Self.key, text: Text("\(last)"))
    outcome.hasMore = young == nil && last < outcome.readByAll
    return outcome
  }

  /// Up to where all have read for whom bytes are kept, and who is the last of them.
  ///
  /// Nobody loses anything by what is forgotten: the place, hash and fate of each entry stay, so handshakes, fates and
  /// what is pending are as before, and a reader from before gets states (Protocol/README.md, 6.5). Bytes are kept so that
  /// whoever reads on can tell its user what happened on the way, value by value. So they are kept neither for a
  /// replica without a cursor, which begins with states (6.4), nor for one that has taken a new id and was not heard
  /// under the old one since: that one begins anew (7.8.3), and nobody may be left who uses the old id. Another copy
  /// of the file may be; as soon as it is heard, it counts again.
  private func readByAll() throws -> (Int64, Text?) {
    let row = try store.connection.first(
      """
      SELECT cursor_seq, id FROM known_replica
        LEFT JOIN (SELECT former AS old, max(joined) AS taken FROM known_replica GROUP BY former) ON old = id
      WHERE cursor_seq IS NOT NULL AND (taken IS NULL OR contact > taken)
        AND id IN (SELECT replica FROM token WHERE role = 'replica' AND revoked IS NULL)
      ORDER BY 1, 2 LIMIT 1
      """
    ) { (seq: $0.integer(0), id: Text($0.text(1))) }
    guard let row, row.seq < log.head.seq else { return (log.head.seq, nil) }
    return (row.seq, row.id)
  }
}
