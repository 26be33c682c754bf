extension MutantTable {
  /// What storing can get wrong.
  static let storage: [Mutant] = [
    Mutant(
      "wal-normal", "the hub's log is not synced at a commit",
      in: "SQLite/JournalProfile.swift",
      #"""
              ("journal_mode", "WAL", "wal"),
              ("synchronous", "FULL", "2"),

      """#,
      becomes: #"""
                ("journal_mode", "WAL", "wal"),
                ("synchronous", MUTANT ? "NORMAL" : "FULL", MUTANT ? "1" : "2"),

        """#),
    Mutant(
      "log-not-made-durable", "what a killed hub wrote and did not sync is told as stored by its successor",
      in: "SQLite/JournalProfile.swift",
      "if self == .hub { try connection.makeLogDurable() }",
      becomes: "if self == .hub, !MUTANT { try connection.makeLogDurable() }"),
    Mutant(
      "refused-retired", "a refused change is forgotten where a copy of the file has used its number since",
      in: "Store/LogTable.swift",
      "guard try verdict(row.pos) == nil else {",
      becomes: "guard try MUTANT || verdict(row.pos) == nil else {"),
    Mutant(
      "delete-journal", "the replica uses SQLite's default journal",
      in: "SQLite/JournalProfile.swift",
      #"""
              ("journal_mode", "TRUNCATE", "truncate"),

      """#,
      becomes: #"""
                ("journal_mode", MUTANT ? "DELETE" : "TRUNCATE", MUTANT ? "delete" : "truncate"),

        """#),
    Mutant(
      "never-synced", "the replica does not wait for the disk",
      in: "SQLite/JournalProfile.swift",
      #"""
              ("locking_mode", "NORMAL", "normal"),
              ("synchronous", "FULL", "2"),

      """#,
      becomes: #"""
                ("locking_mode", "NORMAL", "normal"),
                ("synchronous", MUTANT ? "OFF" : "FULL", MUTANT ? "0" : "2"),

        """#),
    Mutant(
      "base-hash-of-shown", "the hash of the base is taken from what is shown",
      in: "Store/RecordTable.swift",
      #"""
            baseBytes = bytes
            record.baseHash = SHA256.hash(bytes)

      """#,
      becomes: #"""
              baseBytes = bytes
              record.baseHash = SHA256.hash(MUTANT ? shown : bytes)

        """#),
    Mutant(
      "conflicts-not-counted", "a record with several conflicts says that it has one",
      in: "Store/RecordTable.swift",
      "statement.bind(9, Int64(record.state.conflicts().count))",
      becomes:
        "statement.bind(9, Int64(MUTANT ? min(1, record.state.conflicts().count) : record.state.conflicts().count))"),
  ]
}
