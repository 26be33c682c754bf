extension MutantTable {
  /// What the hub can get wrong about other systems and those who wait.
  static let systems: [Mutant] = [
    Mutant(
      "key-not-kept", "the answer to a request with a key is not kept",
      in: "Hub/Service/HubService+Records.swift",
      "if let key { try table.keep(",
      becomes: "if let key, !MUTANT { try table.keep("),
    Mutant(
      "view-not-kept", "a system's values are compared with the record, and not with what the system knew",
      in: "Hub/Integrators/RecordPosting.swift",
      "try table.setView(view, of: row.num, for: replica)",
      becomes: "if !MUTANT { try table.setView(view, of: row.num, for: replica) }"),
    Mutant(
      "view-not-renamed", "what a system knew stays under its old id when the hub is put back",
      in: "Hub/Upkeep/HubRestoration.swift",
      "for id in [name] + former {",
      becomes: "for id in [name] + (MUTANT ? [] : former) {"),
    Mutant(
      "dry-run-writes", "a dry run keeps the answer under its key",
      in: "Hub/Service/HubService+Records.swift",
      "let key = isDryRun ? nil : sentKey",
      becomes: "let key = isDryRun && !MUTANT ? nil : sentKey"),
    Mutant(
      "tag-not-compared", "what comes with If-Match is done to whatever the record is by now",
      in: "Hub/Integrators/RecordPosting.swift",
      "guard tag.map(expected.matchesStrongly) == true ||",
      becomes: "guard MUTANT || tag.map(expected.matchesStrongly) == true ||"),
    Mutant(
      "waiter-forgotten", "of those who wait one is not asked again when the log moves",
      in: "Hub/Process/RequestDesk.swift",
      "if outcome.changesTokens || service.log.head != head { outcome.again = waiting.takeAll() }",
      becomes: """
        if outcome.changesTokens || service.log.head != head {
              outcome.again = Array(waiting.takeAll().dropLast(MUTANT ? 1 : 0))
            }
        """),
    Mutant(
      "waiter-outlives-token", "a token that is taken back wakes nobody",
      in: "Hub/Process/RequestDesk.swift",
      "case .join, .identity, .revoke, .addToken, .revokeToken: true",
      becomes: "case .join, .identity, .revoke, .addToken, .revokeToken: !MUTANT"),
    Mutant(
      "waiter-kept-at-stop", "a hub that stops lets those who wait go on waiting",
      in: "Hub/Process/RequestDesk.swift",
      #"""
          isStopping = true
          return waiting.takeAll()

      """#,
      becomes: #"""
            isStopping = true
            return MUTANT ? [] : waiting.takeAll()

        """#),
  ]
}
