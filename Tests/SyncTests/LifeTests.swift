import JSON
import Sync
import Testing

@Suite("Elements, deletes and restores")
struct LifeTests {
  var a = Writer(Sample.bogota)
  var b = Writer(Sample.nairobi)

  /// A record with a title and two areas, written by one replica and seen by all.
  private mutating func seen() throws -> (RecordState, [Change]) {
    let first = try a.edit(Sample.empty) { draft in
      draft.put(Path("title"), "Roundtable")
      draft.put(Path("areas", "Mass Violence"), true)
      draft.put(Path("areas", "Atrocities"), true)
    }
    return (Sample.state([first]), [first])
  }

  /// Checks that both orders of two concurrent changes give one state, and returns it.
  private func merge(_ base: [Change], _ x: Change, _ y: Change) -> RecordState {
    let state = Sample.state(base + [x, y])
    #expect(state == Sample.state(base + [y, x]))
    #expect(state.canonicalBytes() == Sample.state(base + [y, x]).canonicalBytes())
    return state
  }

  @Test("an element that is removed by one and added again by another stays in")
  mutating func addWins() throws {
    let (state, base) = try seen()
    let remove = try a.edit(state) { $0.drop(Path("areas", "Atrocities")) }
    let add = try b.edit(state) { $0.put(Path("areas", "Atrocities"), true) }
    let merged = merge(base, remove, add)
    #expect(merged.value(Path("areas", "Atrocities")) == true)
    #expect(merged.conflicts().isEmpty)
  }

  @Test("removing an element takes away only what was seen of it")
  mutating func removeSeenOnly() throws {
    let (state, base) = try seen()
    let again = try b.edit(state) { $0.put(Path("areas", "Atrocities"), true) }
    let remove = try a.edit(Sample.state(base + [again])) { $0.drop(Path("areas", "Atrocities")) }
    #expect(Sample.state(base + [again, remove]).cells(of: "areas").count == 1)
  }

  @Test("two deletes of the same record are no conflict")
  mutating func twoDeletes() throws {
    let (state, base) = try seen()
    let merged = merge(base, try a.edit(state) { $0.delete() }, try b.edit(state) { $0.delete() })
    #expect(merged.isDeleted)
    #expect(merged.conflicts().isEmpty)
  }

  @Test("a delete beside an edit is one conflict, and the record stays whole")
  mutating func deleteAgainstEdit() throws {
    let (state, base) = try seen()
    let delete = try a.edit(state) { $0.delete() }
    let edit = try b.edit(state) { $0.put(Path("title"), "Round table") }
    let merged = merge(base, delete, edit)
    #expect(!merged.isDeleted)
    #expect(merged.value(Path("title")) == "Round table")
    #expect(merged.cells(of: "areas").count == 2)
    #expect(merged.conflicts().count == 1)
    guard case .life(let deletes, let others)? = merged.conflicts().first else {
      Issue.record("no conflict of life")
      return
    }
    #expect(deletes.map(\.name) == [delete.name])
    #expect(others.map(\.name) == [edit.name])
  }

  @Test("either answer to a delete beside an edit settles it for everyone", arguments: [true, false])
  mutating func settled(keep: Bool) throws {
    let (state, base) = try seen()
    let delete = try a.edit(state) { $0.delete() }
    let edit = try b.edit(state) { $0.put(Path("title"), "Round table") }
    let merged = merge(base, delete, edit)
    let answer = try b.edit(merged) { if keep { $0.restore() } else { $0.delete() } }
    let settled = Sample.state(base + [delete, edit, answer])
    #expect(settled.isDeleted == !keep)
    #expect(settled.conflicts().isEmpty)
  }

  @Test("a delete beside a restore of an earlier delete is a conflict, and nothing is hidden")
  mutating func deleteAgainstRestore() throws {
    let (state, base) = try seen()
    let first = try a.edit(state) { $0.delete() }
    let deleted = Sample.state(base + [first])
    let restore = try a.edit(deleted) { $0.restore() }
    let again = try b.edit(deleted) { $0.delete() }
    let merged = merge(base + [first], restore, again)
    #expect(!merged.isDeleted)
    #expect(merged.conflicts().map(\.path) == [.life])
  }

  @Test("removing an element beside a delete leaves the record deleted")
  mutating func removeBesideDelete() throws {
    let (state, base) = try seen()
    let delete = try a.edit(state) { $0.delete() }
    let remove = try b.edit(state) { $0.drop(Path("areas", "Atrocities")) }
    #expect(merge(base, delete, remove).isDeleted)
  }

  @Test("a restore brings everything back")
  mutating func restore() throws {
    let (state, base) = try seen()
    let delete = try b.edit(state) { $0.delete() }
    let deleted = Sample.state(base + [delete])
    #expect(deleted.isDeleted)
    let back = Sample.state(base + [delete, try a.edit(deleted) { $0.restore() }])
    #expect(!back.isDeleted)
    #expect(back.value(Path("title")) == "Roundtable")
    #expect(back.cells(of: "areas").count == 2)
    #expect(back.conflicts().isEmpty)
  }

  @Test("moving an item and editing it do not conflict, nor do two moves")
  mutating func moveAndEdit() throws {
    let item = try a.edit(Sample.empty) { draft in
      draft.put(Path("points", "k1"), "What works?")
      draft.put(.position(of: "points", item: "k1"), "m")
    }
    let state = Sample.state([item])
    let move = try a.edit(state) { $0.put(.position(of: "points", item: "k1"), "a") }
    let other = try b.edit(state) { draft in
      draft.put(.position(of: "points", item: "k1"), "z")
      draft.put(Path("points", "k1"), "What works, and why?")
    }
    let merged = merge([item], move, other)
    #expect(merged.conflicts().isEmpty)
    #expect(merged.value(Path("points", "k1")) == "What works, and why?")
  }

  @Test("a change that writes and deletes at once cannot be made, or leaves it deleted without conflict")
  mutating func writeAndDelete() throws {
    let (state, base) = try seen()
    let both = try? a.edit(state) { draft in
      draft.put(Path("title"), "Cancelled")
      draft.delete()
    }
    guard let both else { return }
    let after = Sample.state(base + [both])
    #expect(after.isDeleted)
    #expect(after.conflicts().isEmpty)
  }
}
