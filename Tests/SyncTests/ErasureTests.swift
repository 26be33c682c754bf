import JSON
import Sync
import Testing

@Suite("Erasure")
struct ErasureTests {
  var a = Writer(Sample.bogota)
  var b = Writer(Sample.nairobi)

  @Test("an erasure beats every change before and after it, in any order")
  mutating func beatsAll() throws {
    let write = try a.put("name", "Ada")
    let edit = try b.put("name", "Ada L.", over: [write])
    let delete = try b.edit(Sample.state([write, edit])) { $0.delete() }
    let erase = try a.write(["erase": true])
    let later = try b.put("note", "still here?")
    var random = SplitMix64(seed: 1)
    for _ in 0..<60 {
      let state = Sample.state([write, edit, delete, erase, later].shuffled(using: &random))
      #expect(state.isErased && state.cells.isEmpty && state.awaited.isEmpty)
      #expect(!state.isDeleted && state.conflicts().isEmpty)
      #expect(state.shown(Path("name")) == nil)
    }
  }

  @Test("an erased record keeps no trace of a value or of a writer")
  mutating func noTrace() throws {
    let write = try a.put("name", "Ada")
    let state = Sample.state([write, try b.write(["erase": true])])
    let text = Sample.text(state.canonicalBytes())
    #expect(text == #"{"erased":true,"kind":"event","record":"\#(Sample.record)"}"#)
  }

  @Test("erasing takes the marks along")
  mutating func marks() throws {
    let lost = try a.put("name", "Ada")
    var state = Sample.empty
    state.apply(try b.put("name", "A.", over: [lost]), time: 1) { _ in false }
    #expect(!state.awaited.isEmpty)
    state.erase()
    #expect(state.awaited.isEmpty)
    let hasArrived = state.arrive(lost.name)
    #expect(!hasArrived)
  }

  @Test("an erasure does not share its change with anything")
  mutating func alone() throws {
    #expect(throws: ChangeError.self) {
      var draft = ChangeDraft(state: Sample.empty, unaccepted: [])
      draft.erase()
      draft.put(Path("title"), "x")
      _ = try draft.finish(
        ChangeEnvelope(at: 1, kind: "event", replica: Sample.bogota, n: 1, record: Sample.record))
    }
  }
}
