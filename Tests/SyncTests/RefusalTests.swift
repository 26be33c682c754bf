import JSON
import Sync
import Testing

@Suite("Refused changes and their successors")
struct RefusalTests {
  /// Writes own changes one after the other, none of them accepted yet, over what others wrote.
  private func chain(
    _ base: [Change], _ bodies: [(inout ChangeDraft) -> Void]
  ) throws -> [Change] {
    var writer = Writer(Sample.bogota)
    var own: [Change] = []
    for body in bodies { own.append(try writer.edit(Sample.state(base + own), unaccepted: own, body)) }
    return own
  }

  private func base() throws -> [Change] {
    var (b, c) = (Writer(Sample.nairobi), Writer(Sample.utrecht))
    return [
      try b.write(Writer.put(["title"], "B", []), Writer.put(["areas", "a"], true, [])),
      try c.write(Writer.put(["title"], "C", []), Writer.put(["areas", "a"], true, [])),
    ]
  }

  @Test("whichever of five edits are refused, the last accepted one covers what all before it meant to cover")
  func everyMask() throws {
    let base = try base()
    let title = Path("title")
    let own = try chain(base, (1...5).map { number in { $0.put(title, .int(Int64(number))) } })
    for mask in 1..<32 {
      let accepted = own.enumerated().filter { mask >> $0.offset & 1 == 1 }.map(\.element)
      let state = Sample.state(base + accepted)
      #expect(state.cells(at: title).map(\.name) == [accepted.last?.name], "mask \(mask)")
      #expect(state.conflicts().isEmpty)
    }
  }

  @Test("whichever of remove, add, remove are refused, an accepted remove at the end leaves nothing")
  func elementMask() throws {
    let base = try base()
    let area = Path("areas", "a")
    let own = try chain(base, [{ $0.drop(area) }, { $0.put(area, true) }, { $0.drop(area) }])
    for mask in 0..<4 {
      let accepted = own.enumerated().filter { $0.offset == 2 || mask >> $0.offset & 1 == 1 }.map(\.element)
      #expect(Sample.state(base + accepted).cells(at: area).isEmpty, "mask \(mask)")
    }
  }

  @Test("whichever edits before a delete are refused, the delete covers what they meant to cover")
  func deleteMask() throws {
    let base = try base()
    let own = try chain(
      base,
      [
        { $0.put(Path("title"), "A") }, { $0.drop(Path("areas", "a")) }, { $0.put(Path("areas", "b"), true) },
        { $0.delete() },
      ])
    for mask in 0..<8 {
      let accepted = own.enumerated().filter { $0.offset == 3 || mask >> $0.offset & 1 == 1 }.map(\.element)
      #expect(Sample.state(base + accepted).isDeleted, "mask \(mask)")
    }
  }

  @Test("whichever of delete, restore, delete are refused, the last accepted one decides")
  func lifeMask() throws {
    let base = try base()
    let own = try chain(base, [{ $0.delete() }, { $0.restore() }, { $0.delete() }])
    for mask in 1..<8 {
      let accepted = own.enumerated().filter { mask >> $0.offset & 1 == 1 }
      let state = Sample.state(base + accepted.map(\.element))
      #expect(state.isDeleted == (accepted.last?.offset != 1), "mask \(mask)")
      #expect(state.cells(at: .life).count == 1)
    }
  }

  @Test("a successor that is accepted does not cover what only others have replaced or written since")
  func onlyWhatWasSeen() throws {
    let base = try base()
    var other = Writer(Sample.cebu)
    let unseen = try other.put("title", "Cebu")
    let own = try chain(base, [{ $0.put(Path("title"), 1) }, { $0.put(Path("title"), 2) }])
    let state = Sample.state(base + [unseen, own[1]])
    #expect(Set(state.cells(at: Path("title")).map(\.name)) == [unseen.name, own[1].name])
    #expect(state.conflicts().count == 1)
  }
}
