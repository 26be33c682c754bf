import JSON
import Sync
import Testing

@Suite("A hub that came back from an old backup")
struct AwaitedTests {
  var a = Writer(Sample.bogota)
  var b = Writer(Sample.nairobi)
  var c = Writer(Sample.utrecht)

  @Test("a change that was replaced before it came back writes nothing there, and the mark goes")
  mutating func awaited() throws {
    let lost = try a.write(Writer.put(["title"], "old", []), Writer.put(["summary"], "kept", []))
    let successor = try b.put("title", "new", over: [lost])
    var state = Sample.empty
    let replacing = state.apply(successor, time: 1) { _ in false }
    #expect(replacing.touchedMarks)
    #expect(state.awaited.map(\.path) == [Path("title")])
    #expect(state.awaited.map(\.name) == [lost.name])
    let arriving = state.apply(lost, time: 2) { _ in true }
    #expect(arriving.touchedMarks)
    #expect(state.awaited.isEmpty)
    #expect(state.value(Path("title")) == "new")
    #expect(state.value(Path("summary")) == "kept")
    #expect(state.cells.count == 2)
  }

  @Test("a mark also goes when its change comes back refused or void")
  mutating func refusedArrival() throws {
    let lost = try a.put("title", "old")
    var state = Sample.empty
    state.apply(try b.put("title", "new", over: [lost]), time: 1) { _ in false }
    let (first, second) = (state.arrive(lost.name), state.arrive(lost.name))
    #expect(first && !second)
    #expect(state.awaited.isEmpty)
  }

  @Test("a drop awaits what it removed before it came back")
  mutating func droppedFirst() throws {
    let add = try a.add("areas", "x")
    let drop = try b.drop("areas", "x", over: [add])
    #expect(Sample.state([drop, add]) == Sample.state([add, drop]))
    #expect(Sample.state([drop, add]).isEmpty)
  }

  @Test("a name at a path that the log holds is not awaited")
  mutating func heldName() throws {
    let first = try a.put("title", "1")
    let second = try b.put("title", "2", over: [first])
    let third = try c.put("title", "3", over: [first])
    let state = Sample.state([first, second, third])
    #expect(state.awaited.isEmpty)
    #expect(state.cells.count == 2)
  }

  @Test("a delete that comes back before the cells that it saw covers them when they come")
  mutating func deleteFirst() throws {
    let write = try a.put("title", "old")
    let delete = try b.edit(Sample.state([write])) { $0.delete() }
    let state = Sample.state([delete, write])
    #expect(state == Sample.state([write, delete]))
    #expect(state.isDeleted)
    #expect(state.awaited.isEmpty)
  }

  @Test("a delete that replaces a delete covers what only the first one's writer saw")
  mutating func deleteOverDelete() throws {
    let lost = try a.put("title", "old")
    let first = try b.edit(Sample.state([lost])) { $0.delete() }
    let second = try c.edit(Sample.state([first])) { $0.delete() }
    for order in [[first, second, lost], [first, lost, second], [lost, first, second]] {
      #expect(Sample.state(order).isDeleted)
      #expect(Sample.state(order) == Sample.state([lost, first, second]))
    }
  }

  @Test("a restore brings back also what came back only after it")
  mutating func restoreFirst() throws {
    let lost = try a.put("title", "old")
    let delete = try b.edit(Sample.state([lost])) { $0.delete() }
    let restore = try c.edit(Sample.state([delete])) { $0.restore() }
    let state = Sample.state([delete, restore, lost])
    #expect(!state.isDeleted)
    #expect(state.value(Path("title")) == "old")
    #expect(state == Sample.state([lost, delete, restore]))
  }

  @Test("a delete hides no edit that its writer never saw, whatever came back first")
  mutating func unseenEdit() throws {
    let write = try a.put("title", "old")
    let edit = try a.put("title", "edited", over: [write])
    let delete = try b.edit(Sample.state([write])) { $0.delete() }
    for order in [
      [write, edit, delete], [delete, write, edit], [edit, delete, write], [edit, write, delete],
    ] {
      let state = Sample.state(order)
      #expect(!state.isDeleted)
      #expect(state.value(Path("title")) == "edited")
      #expect(state.conflicts().map(\.path) == [.life])
    }
  }

  @Test("a change whose own name is awaited, applied again by its writer, stays away")
  mutating func ownPending() throws {
    let mine = try a.put("title", "mine")
    var base = Sample.empty
    base.apply(try b.put("title", "new", over: [mine]), time: 1) { _ in false }
    base.apply(mine, time: 2) { _ in true }
    #expect(base.cells.map(\.value) == ["new"])
  }
}
