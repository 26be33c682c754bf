extension MutantTable {
  /// What a replica can get wrong.
  static let replica: [Mutant] = [
    Mutant(
      "cursor-before-page", "the cursor moves in a transaction of its own",
      in: "Replica/Exchange/LocalReplica+Applying.swift",
      #"""
          let applied = try store.transaction { () -> Applied in

      """#,
      becomes: #"""
            if MUTANT, takesCursor { try store.transaction { try settings.setCursor(answer.cursor) } }
            let applied = try store.transaction { () -> Applied in

        """#),
    Mutant(
      "own-history-not-compared", "neither hub nor replica compares the replica's own history",
      in: "Replica/Exchange/LocalReplica+Applying.swift",
      "guard try isOwnHistory(answer.own, of: own) else",
      becomes: "guard try MUTANT || isOwnHistory(answer.own, of: own) else"),
    Mutant(
      "state-replaces-pending", "a new base is shown without the own changes outside it",
      in: "Replica/Local/LocalReplica+Rebuilding.swift",
      #"""
          for (row, change) in outside {

      """#,
      becomes: #"""
            for (row, change) in MUTANT ? [] : outside {

        """#),
    Mutant(
      "refused-vanishes", "a refused change is not kept for its writer",
      in: "Replica/Exchange/PageApplication.swift",
      #"""
            try replica.remember(rejection, of: row)

      """#,
      becomes: #"""
              if !MUTANT { try replica.remember(rejection, of: row) }

        """#),
    Mutant(
      "refused-stays-shown", "a refused change goes on being shown",
      in: "Replica/Exchange/PageApplication.swift",
      #"""
            row.isOutside = false
            tally.refused += 1

      """#,
      becomes: #"""
              row.isOutside = MUTANT
              tally.refused += 1

        """#),
    Mutant(
      "own-history-not-compared", "neither hub nor replica compares the replica's own history",
      in: "Replica/Exchange/PageApplication.swift",
      #"""
            row.hash == hash
          else { throw ForkFound() }
      """#,
      becomes: #"""
              MUTANT || row.hash == hash
            else { throw ForkFound() }
        """#),
    Mutant(
      "own-applied-twice", "an own change that the base holds stays outside it",
      in: "Replica/Exchange/PageApplication.swift",
      #"""
            tally.accepted += 1
          }
          row.isOutside = false

      """#,
      becomes: #"""
              tally.accepted += 1
            }
            row.isOutside = MUTANT

        """#),
    Mutant(
      "changes-not-offered-again", "a restored hub is not offered what it lost",
      in: "Replica/Exchange/LocalReplica+History.swift",
      #"""
            if let number = try store.replicas.find(own) {

      """#,
      becomes: #"""
              if !MUTANT, let number = try store.replicas.find(own) {

        """#),
    Mutant(
      "states-not-taken-again", "after a restored hub the old bases are kept",
      in: "Replica/Exchange/LocalReplica+History.swift",
      #"""
            try beginRebase()
            return true

      """#,
      becomes: #"""
              if !MUTANT { try beginRebase() }
              return true

        """#),
    Mutant(
      "former-id-forgotten", "a forked replica forgets its former id",
      in: "Replica/Exchange/LocalReplica+History.swift",
      #"""
              try setFormerIDs(try formerIDs() + [former])

      """#,
      becomes: #"""
                if !MUTANT { try setFormerIDs(try formerIDs() + [former]) }

        """#),
    Mutant(
      "former-changes-not-asked", "the hub is not asked about the changes under a former id",
      in: "Replica/Exchange/LocalReplica+History.swift",
      #"""
              try settings.setHeldThrough(0)
              try beginRebase()

      """#,
      becomes: #"""
                if !MUTANT { try settings.setHeldThrough(0) }
                try beginRebase()

        """#),
    Mutant(
      "erasure-not-repeated", "an erasure that a restored hub forgot is not written again",
      in: "Replica/Local/LocalReplica+Rebuilding.swift",
      "      if wasErased { try eraseAgain",
      becomes: "      if wasErased, !MUTANT { try eraseAgain"),
    Mutant(
      "erased-bytes-kept", "an erased record's changes keep their bytes in the file",
      in: "Replica/Local/LocalReplica+Rebuilding.swift",
      #"""
            guard row.pos < pos else { return true }

      """#,
      becomes: #"""
              guard row.pos < pos, !MUTANT else { return true }

        """#),
    Mutant(
      "void-taken-for-held", "a change that another history knows as a void counts as held, and nobody is told",
      in: "Replica/Exchange/LocalReplica+History.swift",
      "if row.fate == .pending || row.fate == .applied { try remember(Self.refusedBefore, of: row) }",
      becomes: "if !MUTANT, row.fate == .pending || row.fate == .applied { try remember(Self.refusedBefore, of: row) }"),
  ]
}
