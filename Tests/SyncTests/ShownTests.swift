import JSON
import Sync
import Testing

@Suite("What is shown")
struct ShownTests {
  static let tenYears: Int64 = 10 * 366 * 86_400_000

  var a = Writer(Sample.bogota)
  var b = Writer(Sample.nairobi)

  @Test("clocks that are ten years wrong change nothing but which cell is shown first")
  mutating func wrongClocks() throws {
    for seed in Seeds.from(30_000, count: 20) {
      var random = SplitMix64(seed: seed)
      var world = World(seed: seed, World.Rules(records: 1))
      for _ in 0..<40 { try world.step() }
      let changes = world.replicas.flatMap(\.own).map(\.change)
      let straight = NaiveModel.View(Sample.state(changes))
      var wrong = Sample.empty
      var held: Set<ChangeName> = []
      for change in changes {
        wrong.apply(change, time: change.at + (random.chance(50) ? Self.tenYears : -Self.tenYears)) {
          held.contains($0)
        }
        held.insert(change.name)
      }
      let view = NaiveModel.View(wrong)
      #expect(wrong.cells.map(\.name) == Sample.state(changes).cells.map(\.name))
      #expect(wrong.cells.map(\.value) == Sample.state(changes).cells.map(\.value))
      #expect(view.isDeleted == straight.isDeleted && view.isErased == straight.isErased)
      #expect(wrong.conflicts().map(\.path) == Sample.state(changes).conflicts().map(\.path))
    }
  }

  @Test("an edit made by a slow clock still replaces the value that it saw")
  mutating func slowClock() throws {
    let future = try a.put("title", "from 2036", at: Sample.noon + Self.tenYears)
    let edit = try b.edit(Sample.state([future]), at: Sample.noon) { $0.put(Path("title"), "today") }
    #expect(Sample.state([future, edit]).value(Path("title")) == "today")
    #expect(Sample.state([future, edit]).conflicts().isEmpty)
  }

  @Test("while a conflict is open the greatest time is shown, at equal times the greatest name")
  mutating func greatest() throws {
    let early = try b.put("title", "early", at: 1)
    let late = try a.put("title", "late", at: 2)
    #expect(Sample.state([late, early]).value(Path("title")) == "late")
    let x = try a.put("summary", "x", at: 5)
    let y = try b.put("summary", "y", at: 5)
    #expect(Sample.state([x, y]).shown(Path("summary"))?.name == y.name)
    #expect(Sample.state([y, x]).shown(Path("summary"))?.name == y.name)
  }

  @Test("of one replica's changes at one time the tenth is greater than the ninth")
  mutating func numbersAreNotText() throws {
    for n in 1...12 { _ = try a.put("title", .int(Int64(n)), at: 5) }
    #expect(Sample.state([a.last[8], a.last[9]]).value(Path("title")) == 10)
  }

  @Test(
    "concurrent values of visibility show the strictest, whatever the clocks say",
    arguments: [
      ("public", "network"), ("network", ["utrecht", "cebu"]), (["utrecht"], "city"), ("city", "sealed"),
      ("city", "what-a-newer-version-knows"), ("what-a-newer-version-knows", "sealed"), ("public", "sealed"),
      ("public", nil),
    ] as [(JSON, JSON)])
  mutating func strictest(wide: JSON, narrow: JSON) throws {
    for (early, late) in [(wide, narrow), (narrow, wide)] {
      let x = try a.put("visibility", early, at: 1)
      let y = try b.put("visibility", late, at: 2)
      #expect(Sample.state([x, y]).shown(Path("visibility"))?.value == narrow)
      #expect(Sample.state([x, y]).conflicts().count == 1)
    }
  }

  @Test("widening the visibility after having seen it is not held back")
  mutating func widening() throws {
    let narrow = try a.put("visibility", "city")
    let wide = try b.edit(Sample.state([narrow])) { $0.put(Path("visibility"), "public") }
    #expect(Sample.state([narrow, wide]).value(Path("visibility")) == "public")
  }

  @Test("a composed and a decomposed letter are two keys")
  mutating func twins() throws {
    let composed = try a.add("areas", "Bogot\u{E1}")
    let decomposed = try b.add("areas", "Bogota\u{301}")
    let state = Sample.state([composed, decomposed])
    #expect(state == Sample.state([decomposed, composed]))
    #expect(state.cells(of: "areas").count == 2)
    #expect(state.cells.map(\.path.key) == ["Bogota\u{301}", "Bogot\u{E1}"])
    let drop = try a.edit(state) { $0.drop(Path("areas", "Bogot\u{E1}")) }
    #expect(Sample.state([composed, decomposed, drop]).cells.map(\.path.key) == ["Bogota\u{301}"])
  }

  @Test("composed and decomposed values differ, so they are a conflict")
  mutating func twinValues() throws {
    let state = Sample.state([try a.put("title", "caf\u{E9}"), try b.put("title", "cafe\u{301}")])
    #expect(state.conflicts().count == 1)
  }

  @Test("keys are ordered by bytes: a halfwidth stop comes before an emoji, and CR LF is two bytes")
  mutating func byteOrder() throws {
    let stop = try a.add("areas", "\u{FF61}")
    let emoji = try b.add("areas", "\u{1F54A}")
    let state = Sample.state([emoji, stop])
    #expect(state.cells.map(\.path.key) == ["\u{FF61}", "\u{1F54A}"])
    #expect(state == Sample.state([stop, emoji]))
    #expect(try RecordState(canonicalBytes: state.canonicalBytes()) == state)
  }

  @Test("equal values are no conflict, a third that differs is one")
  mutating func equalValues() throws {
    var c = Writer(Sample.utrecht)
    let (x, y) = (try a.put("title", "same"), try b.put("title", "same"))
    #expect(Sample.state([x, y]).conflicts().isEmpty)
    #expect(Sample.state([x, y]).cells.count == 2)
    let z = try c.put("title", "other")
    guard case .values(_, let cells)? = Sample.state([x, y, z]).conflicts().first else {
      Issue.record("no conflict")
      return
    }
    #expect(cells.count == 3)
    #expect(cells.first == Sample.state([x, y, z]).shown(Path("title")))
  }

  @Test("a cleared field shows no value, and clearing beside an edit is a conflict")
  mutating func cleared() throws {
    let first = try a.put("title", "x")
    let clear = try a.edit(Sample.state([first])) { $0.put(Path("title"), nil) }
    #expect(Sample.state([first, clear]).value(Path("title")) == nil)
    let edit = try b.edit(Sample.state([first])) { $0.put(Path("title"), "y") }
    #expect(Sample.state([first, clear, edit]).conflicts().count == 1)
  }
}
