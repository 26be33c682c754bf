import JSON
import Records
import Sync
import TestKit
import Testing

@Suite("A record's past")
struct RecordPastTests {
  /// A record and all that was done to it, by two cities that see each other's work at once.
  private struct Life {
    var state = blank("event")
    var steps: [(change: Change, time: Int64)] = []
    var writers: [Writer]

    init() throws { writers = [try Writer("bogota-7kq2m"), try Writer("durban-7kq2m")] }

    @discardableResult
    mutating func write(_ city: Int = 0, _ edit: (inout ChangeDraft) throws -> Void) throws -> Change {
      var draft = ChangeDraft(state: state, unaccepted: [])
      try edit(&draft)
      let change = try writers[city].change(draft)
      let time = Int64(steps.count + 1) * 1_000
      state.apply(change, time: min(time, change.at))
      steps.append((change, time))
      return change
    }

    var past: RecordPast { RecordPast(state, steps: steps) }
  }

  private func born() throws -> Life {
    var life = try Life()
    try life.write { draft in
      draft.put("title", "One")
      draft.put("when", ["tba": true])
      draft.put(Path("areas", "Paz"), true)
    }
    return life
  }

  @Test("undoing the last change gives what was there before, whatever the change was")
  func undoLast() throws {
    var tried = 0
    for seed in 1...150 as ClosedRange<UInt64> {
      var random = SeededRandom(seed)
      var life = try born()
      for _ in 0...random.below(8) {
        let before = life.state
        let change = try life.write(random.below(2)) { draft in
          for _ in 0...random.below(3) {
            switch random.below(6) {
            case 0: draft.put("title", .string(Text("t\(random.below(3))")))
            case 1: draft.put("mode", random.pick([.null, "online", "hybrid"]))
            case 2: draft.put(Path("areas", random.pick(["Paz", "Agua"])), true)
            case 3: draft.drop(Path("areas", random.pick(["Paz", "Agua"])))
            case 4: draft.put(Path("points", "k"), ["kind": "aim", "text": .string(Text("\(random.below(3))"))])
            default: draft.put(Path("x-later", "k"), .int(Int64(random.below(3))))
            }
          }
        }
        var draft = ChangeDraft(state: life.state, unaccepted: [])
        try life.past.undo(change, in: &draft)
        var writer = try Writer("palmira-00000")
        let after = draft.isEmpty ? life.state : try writer.write(draft)
        #expect(RecordDocument.json(after) == RecordDocument.json(before), "seed \(seed)")
        #expect(life.past.state(at: life.steps.last.map { $0.time - 1 } ?? 0).state == before, "seed \(seed)")
        tried += 1
      }
    }
    #expect(tried > 300)
  }

  @Test("what was written again since is not undone, and told by whom")
  func writtenSince() throws {
    var life = try born()
    let mine = try life.write { draft in
      draft.put("title", "Two")
      draft.put("mode", "online")
    }
    let other = try life.write(1) { $0.put("title", "Three") }
    var draft = ChangeDraft(state: life.state, unaccepted: [])
    let error = try #require(throws: UndoError.self) { try life.past.undo(mine, in: &draft) }
    #expect(error.obstacles.map(\.path) == ["title"])
    #expect(error.obstacles.map(\.reason) == [.writtenSince(other.name)])
    #expect(draft.isEmpty)
    try life.past.undo(mine, where: { $0 == "mode" }, in: &draft)
    #expect(draft.operations.map(\.path) == ["mode"])
    try life.write(1) { $0.put("mode", "hybrid") }
    #expect(throws: UndoError.self) { try life.past.undo(mine, where: { $0 == "mode" }, in: &draft) }
  }

  @Test("a delete is undone by bringing back, and nothing else of a deleted record is")
  func deleted() throws {
    var life = try born()
    let title = try life.write { $0.put("title", "Two") }
    let delete = try life.write { $0.delete() }
    var draft = ChangeDraft(state: life.state, unaccepted: [])
    #expect(throws: UndoError.self) { try life.past.undo(title, in: &draft) }
    try life.past.undo(delete, in: &draft)
    #expect(draft.operations.map(\.path) == [.life])
    #expect(try !life.writers[0].write(draft).isDeleted)
  }

  @Test("what a record needs is not taken away by undoing")
  func needed() throws {
    let life = try born()
    var draft = ChangeDraft(state: life.state, unaccepted: [])
    let error = try #require(throws: UndoError.self) { try life.past.undo(life.steps[0].change, in: &draft) }
    #expect(Set(error.obstacles.map(\.path)) == ["title", "when"])
  }

  @Test("what is not known of a past is told, and never guessed")
  func unknown() throws {
    var life = try born()
    let change = try life.write { $0.put("title", "Two") }
    let cut = RecordPast(life.state, steps: [life.steps[1]])
    #expect(cut.isCut && !life.past.isCut)
    let (state, unknown) = cut.state(at: 1_500)
    #expect(unknown == ["title"])
    #expect(state.value("title") == nil && state.value("when") == ["tba": true])
    var draft = ChangeDraft(state: life.state, unaccepted: [])
    let error = try #require(throws: UndoError.self) { try cut.undo(change, in: &draft) }
    #expect(error.obstacles.map(\.reason) == [.unknown])
    #expect(cut.state(at: 500).state.isEmpty)
  }

  @Test("what a writer's own unsent changes had replaced already does not count as replaced")
  func repeated() throws {
    var life = try born()
    let two = try life.write { $0.put("title", "Two") }
    var draft = ChangeDraft(state: life.state, unaccepted: [two])
    draft.put("title", "Three")
    let three = try life.writers[0].change(draft)
    life.state.apply(three, time: 3_000)
    life.steps.append((three, 3_000))
    #expect(life.past.former(of: three, at: "title") == .values(["Two"]))
  }
}
