import JSON
import Sync
import Testing

@Suite("Merge faults that other sync systems have shipped")
struct LessonTests {
  var a = Writer(Sample.bogota)
  var b = Writer(Sample.nairobi)
  var c = Writer(Sample.utrecht)
  var d = Writer(Sample.cebu)
  let title = Path("title")

  private func same(_ orders: [[Change]]) -> RecordState {
    let first = Sample.state(orders[0])
    for order in orders { #expect(Sample.state(order) == first) }
    return first
  }

  private func permutations(_ items: [Change]) -> [[Change]] {
    if items.isEmpty { return [[]] }
    return items.indices.flatMap { index in
      var rest = items
      let item = rest.remove(at: index)
      return permutations(rest).map { [item] + $0 }
    }
  }

  @Test("a delete always lost or always won, outside the order of versions, so replicas disagreed")
  mutating func deleteHasNoSpecialRank() throws {
    let first = try a.put("title", "1")
    let edit = try b.edit(Sample.state([first])) { $0.put(Path("title"), "2") }
    let delete = try c.edit(Sample.state([first])) { $0.delete() }
    let later = try d.edit(Sample.state([first, edit])) { $0.delete() }
    #expect(!same(permutations([first, edit, delete])).isDeleted)
    #expect(same(permutations([first, edit, later])).isDeleted)
    #expect(same(permutations([first, edit, delete, later])).isDeleted)
  }

  @Test("two replicas deleted the same row at the same time, and a third never deleted it")
  mutating func twoDeletesReachTheThird() throws {
    let first = try a.put("title", "1")
    let x = try a.edit(Sample.state([first])) { $0.delete() }
    let y = try b.edit(Sample.state([first])) { $0.delete() }
    #expect(same(permutations([first, x, y])).isDeleted)
  }

  @Test("a replica that had merged a newer value wrote with an older clock, and its edit was lost")
  mutating func editAfterMerge() throws {
    let newer = try a.put("title", "newer", at: 1_000_000)
    let edit = try b.edit(Sample.state([newer]), at: 1) { $0.put(Path("title"), "after") }
    #expect(same(permutations([newer, edit])).value(title) == "after")
  }

  @Test("a tie was broken by who relays, not by who wrote, and replicas behind a hub parted")
  mutating func tieByAuthor() throws {
    let changes = [
      try a.put("title", "a", at: 5), try b.put("title", "b", at: 5), try c.put("title", "c", at: 5),
    ]
    let merged = same(permutations(changes))
    var relayed = try RecordState(canonicalBytes: Sample.state([changes[1]]).canonicalBytes())
    for change in [changes[2], changes[0]] { relayed.apply(change, time: 5) { _ in true } }
    #expect(relayed == merged)
    #expect(relayed.value(title) == "c")
  }

  @Test("a resurrection reset its clocks, and four peers ended with two different rows")
  mutating func resurrection() throws {
    let first = try a.put("title", "1")
    let delete = try a.edit(Sample.state([first])) { $0.delete() }
    let restore = try b.edit(Sample.state([first, delete])) { $0.restore() }
    let edit = try c.edit(Sample.state([first])) { $0.put(Path("title"), "c") }
    let other = try d.edit(Sample.state([first, delete, restore])) { $0.put(Path("title"), "d") }
    let merged = same(permutations([first, delete, restore, edit, other]))
    #expect(!merged.isDeleted)
    #expect(Set(merged.cells(at: title).map(\.value)) == ["c", "d"])
  }

  @Test("a busy writer with a high counter won over cells that it had never seen")
  mutating func highCounter() throws {
    for number in 0..<50 { _ = try a.put("other", .int(Int64(number)), over: Array(a.last.suffix(1))) }
    let blind = try a.put("title", "blind")
    let seen = try b.put("title", "seen")
    let merged = same([a.last + [seen], [seen] + a.last])
    #expect(merged.cells(at: title).count == 2)
    #expect(merged.conflicts().count == 1)
    #expect(blind.n > seen.n)
  }

  @Test("compaction lowered the clocks, so that peers refused newer writes")
  mutating func compactState() throws {
    let first = try a.put("title", "1")
    let second = try b.edit(Sample.state([first])) { $0.put(Path("title"), "2") }
    let third = try a.edit(Sample.state([first, second])) { $0.put(Path("title"), "3") }
    var compact = try RecordState(canonicalBytes: Sample.state([first, second]).canonicalBytes())
    compact.apply(third, time: third.at) { _ in true }
    #expect(compact == Sample.state([first, second, third]))
  }

  @Test("a replica was wiped, counted from one again, and its new data looked like an ancestor")
  mutating func wipedReplica() throws {
    let old = try a.put("title", "old")
    var again = Writer(Sample.bogota)
    let new = try again.put("title", "new")
    #expect(old.replica == new.replica && old.n == new.n && old.name != new.name)
    let edit = try b.put("title", "edit", over: [old])
    let state = Sample.state([old, edit, new])
    #expect(Set(state.cells(at: title).map(\.value)) == ["edit", "new"])
  }

  @Test("an element was removed and added again before a sync, and only the removal travelled")
  mutating func removeThenAdd() throws {
    let area = Path("areas", "x")
    let first = try b.add("areas", "x")
    let drop = try a.edit(Sample.state([first])) { $0.drop(area) }
    let add = try a.edit(Sample.state([first, drop]), unaccepted: [drop]) { $0.put(area, true) }
    #expect(Sample.state([first, drop, add]).value(area) == true)
    #expect(Sample.state([first, add]).cells(at: area).map(\.name) == [add.name])
  }

  @Test("a record was deleted and restored before a sync, and stayed deleted elsewhere")
  mutating func deleteThenRestore() throws {
    let first = try b.put("title", "1")
    let delete = try a.edit(Sample.state([first])) { $0.delete() }
    let restore = try a.edit(Sample.state([first, delete]), unaccepted: [delete]) { $0.restore() }
    #expect(!Sample.state([first, delete, restore]).isDeleted)
    #expect(!Sample.state([first, restore]).isDeleted)
  }

  @Test("a record was edited while its creation was on the way, and the edit was lost at the next sync")
  mutating func editInFlight() throws {
    let create = try a.edit(Sample.empty) { $0.put(Path("title"), "1") }
    let edit = try a.edit(Sample.state([create]), unaccepted: [create]) { $0.put(Path("title"), "2") }
    var base = Sample.empty
    base.apply(create, time: create.at) { _ in true }
    var shown = base
    shown.apply(edit, time: edit.at) { _ in true }
    #expect(shown.value(title) == "2")
    #expect(shown == Sample.state([create, edit]))
  }

  @Test("a tombstone lacked the fields that say who may see the record, so others purged it")
  mutating func tombstoneKeepsFields() throws {
    let first = try a.edit(Sample.empty) { draft in
      draft.put(Path("visibility"), "city")
      draft.put(Path("areas", "x"), true)
    }
    let delete = try b.edit(Sample.state([first])) { $0.delete() }
    let state = try RecordState(canonicalBytes: Sample.state([first, delete]).canonicalBytes())
    #expect(state.isDeleted)
    #expect(state.value(Path("visibility")) == "city")
    #expect(state.cells(of: "areas").count == 1)
  }

  @Test("settling a conflict purged the version that the hub knew, and the next push was refused")
  mutating func settlingKeepsTheRest() throws {
    let (x, y) = (try a.put("title", "x"), try b.put("title", "y"))
    let settle = try c.edit(Sample.state([x, y])) { $0.put(Path("title"), "z") }
    #expect(Set(settle.operations[0].over) == [x.name, y.name])
    let next = try c.edit(Sample.state([x, y, settle])) { $0.put(Path("title"), "zz") }
    let late = try d.edit(Sample.state([x])) { $0.put(Path("title"), "late") }
    let merged = same([[x, y, settle, next, late], [x, late, y, settle, next], [y, x, settle, late, next]])
    #expect(Set(merged.cells(at: title).map(\.name)) == [next.name, late.name])
  }

  @Test("after a refused push the client ignored what the hub said later")
  mutating func refusedPush() throws {
    var hub = ToyHub()
    var (x, y) = (ToyReplica(id: Sample.bogota, skew: 0), ToyReplica(id: Sample.nairobi, skew: 0))
    try x.edit(Sample.record, clock: 1) { $0.put(Path("title"), "refused") }
    x.push(to: &hub, count: 9, clock: 2, isLost: false) { true }
    try y.edit(Sample.record, clock: 3) { $0.put(Path("title"), "later") }
    y.push(to: &hub, count: 9, clock: 4, isLost: false) { false }
    x.pull(from: hub, count: 9)
    #expect(x.shown(Sample.record).cells.map(\.value) == ["later"])
  }

  @Test("two creations under one id were reduced to one, and the other was dropped unseen")
  mutating func twoCreations() throws {
    let (x, y) = (try a.put("title", "x"), try b.put("title", "y"))
    let merged = same(permutations([x, y]))
    #expect(merged.conflicts().count == 1)
    #expect(merged.cells.count == 2)
  }

  @Test("equal content, or a version made on exactly ours, was called a conflict")
  mutating func falseConflicts() throws {
    let (x, y) = (try a.put("title", "same"), try b.put("title", "same"))
    #expect(same(permutations([x, y])).conflicts().isEmpty)
    let next = try c.edit(Sample.state([x, y])) { $0.put(Path("title"), "next") }
    #expect(same(permutations([x, y, next])).conflicts().isEmpty)
  }

  @Test("strings were ordered by UTF-16 here and by UTF-8 there, so the winners differed")
  mutating func oneOrderOfNames() throws {
    let state = Sample.state([
      try a.add("areas", "\u{1F54A}"), try b.add("areas", "\u{FF61}"), try c.add("areas", "z"),
    ])
    let keys = state.cells.compactMap(\.path.key?.bytes)
    #expect(keys == keys.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(keys.map(\.count) == [1, 3, 4])
  }

  @Test(
    "an empty value was dropped with its whole document; null, false, empty text and empty list are values")
  mutating func emptyValues() throws {
    let values: [JSON] = [nil, false, "", [], [:], 0]
    for (index, value) in values.enumerated() {
      let change = try a.put(Text("f\(index)"), value)
      let state = try RecordState(canonicalBytes: Sample.state([change]).canonicalBytes())
      #expect(state.cells.map(\.value) == [value])
    }
  }

  @Test("two elements swapped their keys inside one batch and collided")
  mutating func swap() throws {
    let first = try a.write(Writer.put(["e-mails", "x"], 1, []), Writer.put(["e-mails", "y"], 2, []))
    let swap = try b.edit(Sample.state([first])) { draft in
      draft.put(Path("e-mails", "x"), 2)
      draft.put(Path("e-mails", "y"), 1)
    }
    let state = same(permutations([first, swap]))
    #expect(state.value(Path("e-mails", "x")) == 2)
    #expect(state.value(Path("e-mails", "y")) == 1)
    #expect(state.cells.count == 2)
  }

  @Test("adding what is there already did nothing on the client and failed on the hub")
  mutating func addAgain() throws {
    let first = try a.add("areas", "x")
    let again = try b.edit(Sample.state([first])) { $0.put(Path("areas", "x"), true) }
    let state = same(permutations([first, again]))
    #expect(state.cells.map(\.name) == [again.name])
  }

  @Test("names of another record, of nobody, or of the future in over harm nothing")
  mutating func wrongNames() throws {
    var elsewhere = Writer(Sample.nairobi, record: Sample.otherRecord)
    let foreign = try elsewhere.put("title", "elsewhere")
    let first = try b.put("title", "1")
    let unknown = Sample.name("utrecht-zzzzz:99:00000000000000aa")
    let put = Writer.put(["title"], "2", [first, foreign])
    var operation = try #require(put.object)
    operation["over"] = .array((operation["over"]?.array ?? []) + [.string(unknown.text)])
    let change = try a.write(.object(operation))
    let next = try c.edit(Sample.state([first, change])) { $0.put(Path("summary"), "s") }
    let state = same(permutations([first, change, next]))
    #expect(state.cells.map(\.value) == ["s", "2"])
    #expect(Set(state.awaited.map(\.name)) == [unknown, foreign.name])
    var other = Sample.state([foreign])
    other = try RecordState(canonicalBytes: other.canonicalBytes())
    #expect(other.cells.map(\.value) == ["elsewhere"])
  }
}
