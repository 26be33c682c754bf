/// A command that writes to a replica, and what it must do to what the replica shows.
struct LocalEdit {
  let words: [String]
  /// What goes, and what comes.
  let removed: Set<EventRow>
  let added: Set<EventRow>
  /// How many changes it writes.
  let changes: Int

  /// What is shown afterwards.
  func applied(to rows: Set<EventRow>) -> Set<EventRow> { rows.subtracting(removed).union(added) }
}
