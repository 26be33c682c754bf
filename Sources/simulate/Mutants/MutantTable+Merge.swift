extension MutantTable {
  /// What merging, naming and the handshake can get wrong.
  static let merge: [Mutant] = [
    Mutant(
      "delete-hides-edits", "a delete hides cells that it never saw",
      in: "Sync/State/RecordState+Life.swift",
      "return !deletes.contains { $0.seen[cell.path]?.contains(cell.name) ?? false }",
      becomes: "return !MUTANT && !deletes.contains { $0.seen[cell.path]?.contains(cell.name) ?? false }"),
    Mutant(
      "string-compare", "texts are compared as Swift strings",
      in: "JSON/Text.swift",
      #"""
          ByteOrder.equal(left.bytes.span, right.bytes.span)

      """#,
      becomes: #"""
            MUTANT ? left.string == right.string : ByteOrder.equal(left.bytes.span, right.bytes.span)

        """#),
    Mutant(
      "clock-decides", "an older value at the same path is thrown away",
      in: "Sync/State/RecordState+Merge.swift",
      #"""
          var index = start(of: cell.path)

      """#,
      becomes: #"""
            if MUTANT { cells.removeAll { $0.path == cell.path && $0.time < cell.time } }
            var index = start(of: cell.path)

        """#),
    Mutant(
      "last-writer-wins", "a put replaces every cell at its path",
      in: "Sync/State/RecordState+Merge.swift",
      #"""
              insert(Cell(path: path, name: change.name, time: time, value: value))

      """#,
      becomes: #"""
                if MUTANT { cells.removeAll { $0.path == path } }
                insert(Cell(path: path, name: change.name, time: time, value: value))

        """#),
    Mutant(
      "remove-wins", "dropping an element drops what the writer never saw",
      in: "Sync/State/RecordState+Merge.swift",
      #"""
            case .drop(let path, let over):

      """#,
      becomes: #"""
              case .drop(let path, let over):
                if MUTANT { cells.removeAll { $0.path == path } }

        """#),
    Mutant(
      "awaited-forgotten", "a name that has not arrived is not awaited",
      in: "Sync/State/RecordState+Merge.swift",
      "if try holds(name) { continue }",
      becomes: "if try MUTANT || holds(name) { continue }"),
    Mutant(
      "mark-never-cleared", "an awaited name that arrives writes all the same",
      in: "Sync/State/RecordState+Merge.swift",
      "guard awaited.contains(where: { $0.name == name }) else",
      becomes: "guard !MUTANT, awaited.contains(where: { $0.name == name }) else"),
    Mutant(
      "over-not-repeated", "a change does not repeat what an unaccepted one before it replaced",
      in: "Sync/Change/ChangeDraft.swift",
      #"""
      (Set(state.cells(at: path).map(\.name)).union(repeats[path] ?? [])).sorted()
      """#,
      becomes: #"""
        (Set(state.cells(at: path).map(\.name)).union(MUTANT ? [] : repeats[path] ?? [])).sorted()
        """#),
    Mutant(
      "rewritten-loses-name", "a change written again does not carry its name",
      in: "Sync/Change/Change+Rewriting.swift",
      #"""
          object["was"] = .string(name.text)

      """#,
      becomes: #"""
            if !MUTANT { object["was"] = .string(name.text) }

        """#),
    Mutant(
      "chain-not-checked", "a cursor's chain is not compared",
      in: "Sync/Exchange/Handshake.swift",
      "try chain(point.seq) == point.chain",
      becomes: "try MUTANT || chain(point.seq) == point.chain"),
    Mutant(
      "fewer-own-not-noticed", "a hub that lost acknowledged changes is not noticed",
      in: "Sync/Exchange/Handshake.swift",
      "if held < acknowledged.n { return .historyChanged }",
      becomes: "if !MUTANT, held < acknowledged.n { return .historyChanged }"),
    // The next check would find the same, and call it a fork.
    Mutant(
      "fewer-own-not-noticed", "a hub that lost acknowledged changes is not noticed",
      in: "Sync/Exchange/Handshake.swift",
      "(acknowledged.n) != acknowledged.hash {",
      becomes: "(acknowledged.n) != acknowledged.hash, !(MUTANT && held < acknowledged.n) {"),
    Mutant(
      "own-history-not-compared", "neither hub nor replica compares the replica's own history",
      in: "Sync/Exchange/Handshake.swift",
      "if acknowledged.n > 0, try hash",
      becomes: "if !MUTANT, acknowledged.n > 0, try hash"),
    Mutant(
      "own-history-not-compared", "neither hub nor replica compares the replica's own history",
      in: "Sync/Exchange/Handshake.swift",
      "return held > ownLast ? .forked : .agreed",
      becomes: "return held > ownLast && !MUTANT ? .forked : .agreed"),
  ]
}
