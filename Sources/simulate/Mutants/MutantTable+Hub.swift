extension MutantTable {
  /// What the hub can get wrong.
  static let hub: [Mutant] = [
    Mutant(
      "acknowledged-before-commit", "answers are sent although their transaction failed",
      in: "Hub/Service/HubService.swift",
      #"""
          do {
            return try log.transaction {
              let answers = try requests.map { try answer($0) }
              try saveContacts()
              return answers
            }
          } catch {

      """#,
      becomes: #"""
            var early: [HTTPResponse?] = []
            do {
              return try log.transaction {
                let answers = try requests.map { try answer($0) }
                if MUTANT { early = answers }
                try saveContacts()
                return answers
              }
            } catch {
              if !early.isEmpty { return early }

        """#),
    Mutant(
      "failed-sync-left", "a commit whose sync failed is not written over",
      in: "Hub/Service/HubService+FailedSync.swift",
      "try store.settings.set(Self.failedSyncsKey",
      becomes: "if !MUTANT { try store.settings.set(Self.failedSyncsKey"),
    Mutant(
      "failed-sync-left", "a commit whose sync failed is not written over",
      in: "Hub/Service/HubService+FailedSync.swift",
      #"text: Text("\(try failedSyncs() + 1)"))"#,
      becomes: #"text: Text("\(try failedSyncs() + 1)")) }"#),
    Mutant(
      "one-state-a-page", "a page that has told one record's state tells no other's",
      in: "Hub/Log/HubLog+Feed.swift",
      "if row.isNull(8), told.contains(row.integer(3)) { return }",
      becomes: "if row.isNull(8), MUTANT ? !told.isEmpty : told.contains(row.integer(3)) { return }"),
    Mutant(
      "compacted-outlives-erasure", "what was compacted counts as applied when its record is erased",
      in: "Store/LogTable.swift",
      "public func forgetBody(_ pos: Int64, fate: LogRow.Fate = .erased) throws {",
      becomes: """
        public func forgetBody(_ pos: Int64, fate: LogRow.Fate = .erased) throws {
            if MUTANT, try body(pos) == nil { return }

        """),
    Mutant(
      "erased-takes-changes", "a change of an erased record is kept",
      in: "Hub/Log/HubLog+Deciding.swift",
      #"""
          if record.state.isErased {
            row.fate = .erased

      """#,
      becomes: #"""
            if record.state.isErased, !MUTANT {
              row.fate = .erased

        """#),
    Mutant(
      "erasure-keeps-bodies", "the changes of an erased record keep their bytes at the hub",
      in: "Hub/Log/HubLog+Deciding.swift",
      #"""
              try store.log.forgetBody(earlier.pos)

      """#,
      becomes: #"""
                if !MUTANT { try store.log.forgetBody(earlier.pos) }

        """#),
    Mutant(
      "writer-clock-trusted", "the hub takes the writer's clock as it is",
      in: "Hub/Log/HubLog+Deciding.swift",
      "time: min(change.at, row.time)",
      becomes: "time: MUTANT ? change.at : min(change.at, row.time)"),
    Mutant(
      "marked-travels-as-change", "an entry that touched a mark is sent as a change",
      in: "Hub/Log/HubLog+Deciding.swift",
      "row.travelsAsState = hadMarks || effect.touchedMarks",
      becomes: "row.travelsAsState = !MUTANT && (hadMarks || effect.touchedMarks)"),
    Mutant(
      "name-not-looked-up", "a change that came under another dot before is applied again",
      in: "Hub/Log/HubLog+Deciding.swift",
      "if try was != nil || hasRewritten(), let first",
      becomes: "if !MUTANT, try was != nil || hasRewritten(), let first"),
    Mutant(
      "refused-does-not-arrive", "a refused change leaves the marks that await it",
      in: "Hub/Log/HubLog+Deciding.swift",
      #"""
          try arrive(name, record: record, row: &row)
          row.fate = .rejected

      """#,
      becomes: #"""
            if !MUTANT { try arrive(name, record: record, row: &row) }
            row.fate = .rejected

        """#),
    Mutant(
      "resent-not-compared", "a number that comes again with another hash is taken for the same",
      in: "Hub/Log/HubLog+Taking.swift",
      "guard try hash(of: replica, n: submission.n) == submission.hash else",
      becomes: "guard try MUTANT || hash(of: replica, n: submission.n) == submission.hash else"),
    Mutant(
      "refused-drops-record", "a refused change loses what the same batch did to its record",
      in: "Hub/Log/HubLog+Deciding.swift",
      #"""
            if isKnown { touched[change.record] = record }

      """#,
      becomes: #"""
              if isKnown, !MUTANT { touched[change.record] = record }

        """#),
    Mutant(
      "held-outlives-rollback", "what a failed transaction held is still counted",
      in: "Hub/Log/HubLog.swift",
      #"""
            lastHeld = [:]

      """#,
      becomes: #"""
              if !MUTANT { lastHeld = [:] }

        """#),
    Mutant(
      "point-outlives-rollback", "the head and digest of a failed transaction stay",
      in: "Hub/Log/HubLog.swift",
      #"""
            point = before

      """#,
      becomes: #"""
              if !MUTANT { point = before }

        """#),
    Mutant(
      "records-outlive-rollback", "the states of a failed transaction stay at hand",
      in: "Hub/Log/HubLog.swift",
      #"""
            touched = [:]
            recent = [:]

      """#,
      becomes: #"""
              touched = [:]
              if !MUTANT { recent = [:] }

        """#),
    Mutant(
      "digest-drifts", "the digest forgets to take the old state out",
      in: "Hub/Log/HubLog.swift",
      "point.digest = point.digest &- (before ?? .zero) &+",
      becomes: "point.digest = point.digest &- (MUTANT ? .zero : before ?? .zero) &+"),
    Mutant(
      "own-stub-missing", "a replica is not told of its own changes",
      in: "Hub/Log/HubLog+Feed.swift",
      #"""
            if own == row.integer(1) {

      """#,
      becomes: #"""
              if own == row.integer(1) {
                if MUTANT { return }

        """#),
    Mutant(
      "page-skips-one", "a page that is full moves on by one too many",
      in: "Hub/Log/HubLog+Feed.swift",
      #"""
      WHERE pos > ?1 ORDER BY pos
            """)
          defer { statement.reset() }
          statement.bind(1, from.seq)
      """#,
      becomes: #"""
        WHERE pos > ?1 ORDER BY pos
              """)
            defer { statement.reset() }
            statement.bind(1, from.seq + (MUTANT && limit < 3 ? 1 : 0))
        """#),
  ]
}
