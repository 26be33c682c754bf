import JSON
import Sync

extension MergeVector {
  /// Makes one history: writers, and the steps so far.
  struct Builder {
    var a = Writer(Sample.bogota)
    var b = Writer(Sample.nairobi)
    var c = Writer(Sample.utrecht)
    private(set) var steps: [Step] = []

    var state: RecordState { MergeVector("", steps).stateSoFar }

    mutating func take(_ change: Change, _ fate: Fate = .applied, at time: Int64 = Sample.noon + 1_000) {
      steps.append(Step(fate: fate, time: time + Int64(steps.count), change: change))
    }
  }

  fileprivate var stateSoFar: RecordState { steps.isEmpty ? Sample.empty : state }

  /// All histories of the file.
  static func histories() throws -> [MergeVector] {
    try [
      ("an edit replaces the value that its writer saw", edit),
      ("two edits that did not see each other", twoEdits),
      ("a later change that saw both settles the conflict", settled),
      ("a clock far in the future is bounded by the hub's", fastClock),
      ("an element removed by one and added again by another stays", addWins),
      ("two deletes are no conflict", twoDeletes), ("a delete beside an edit", deleteAndEdit),
      ("a restore brings everything back", restore), ("an erasure wins over what comes later", erasure),
      ("of two visibilities the strictest is shown", visibility),
      ("the successor of a refused change covers what that one meant to cover", refused),
      ("a change that was replaced before it came back is awaited", awaited),
      ("an awaited change that comes writes nothing there, an awaited void only clears the mark", arrived),
      ("a delete over a delete covers what only the first one's writer saw", deleteOverDelete),
      ("a change written again after a fork keeps its first name; unknown members stay", rewritten),
      ("keys that only look alike, and keys in the order of bytes", keys),
      ("equal values at one path are no conflict; values that differ are one, whatever they mean", equalValues),
      ("two positions of one item are no conflict, the later one is shown", positions),
      ("a restore beside a delete of the same record", restoreAndDelete),
      ("visibilities from the strictest to the widest, whatever their times", visibilities),
    ].map { title, make in
      var builder = Builder()
      try make(&builder)
      return MergeVector(title, builder.steps)
    }
  }

  private static func edit(_ v: inout Builder) throws {
    v.take(
      try v.a.edit(v.state) {
        $0.put(Path("title"), "Roundtable"); $0.put(Path("summary"), "Draft")
      })
    v.take(try v.b.edit(v.state, at: Sample.noon - 5_000) { $0.put(Path("title"), "Round table") })
    v.take(try v.a.edit(v.state) { $0.put(Path("summary"), nil) })
  }

  private static func twoEdits(_ v: inout Builder) throws {
    v.take(try v.a.edit(v.state) { $0.put(Path("title"), "Roundtable") })
    let seen = v.state
    v.take(try v.b.edit(seen, at: Sample.noon + 200) { $0.put(Path("title"), "Later") })
    v.take(try v.c.edit(seen, at: Sample.noon + 100) { $0.put(Path("title"), "Earlier") })
  }

  private static func settled(_ v: inout Builder) throws {
    try twoEdits(&v)
    v.take(try v.a.edit(v.state) { $0.put(Path("title"), "Agreed") })
  }

  private static func fastClock(_ v: inout Builder) throws {
    let seen = v.state
    v.take(
      try v.a.edit(seen, at: Sample.noon + ShownTests.tenYears) { $0.put(Path("title"), "from the future") })
    v.take(
      try v.b.edit(seen, at: Sample.noon + 1_500) { $0.put(Path("title"), "in time") },
      at: Sample.noon + 2_000)
  }

  private static func addWins(_ v: inout Builder) throws {
    v.take(try v.a.edit(v.state) { $0.put(Path("areas", "Atrocities"), true) })
    let seen = v.state
    v.take(try v.b.edit(seen) { $0.drop(Path("areas", "Atrocities")) })
    v.take(try v.c.edit(seen) { $0.put(Path("areas", "Atrocities"), true) })
  }

  private static func twoDeletes(_ v: inout Builder) throws {
    v.take(
      try v.a.edit(v.state) {
        $0.put(Path("title"), "x"); $0.put(Path("areas", "y"), true)
      })
    let seen = v.state
    v.take(try v.b.edit(seen) { $0.delete() })
    v.take(try v.c.edit(seen) { $0.delete() })
  }

  private static func deleteAndEdit(_ v: inout Builder) throws {
    v.take(
      try v.a.edit(v.state) {
        $0.put(Path("title"), "x"); $0.put(Path("areas", "y"), true)
      })
    let seen = v.state
    v.take(try v.b.edit(seen) { $0.delete() })
    v.take(try v.c.edit(seen) { $0.put(Path("title"), "still wanted") })
  }

  private static func restore(_ v: inout Builder) throws {
    try twoDeletes(&v)
    v.take(try v.a.edit(v.state) { $0.restore() })
  }

  private static func erasure(_ v: inout Builder) throws {
    v.take(try v.a.edit(v.state) { $0.put(Path("name"), "Ada") })
    let seen = v.state
    v.take(try v.b.edit(seen) { $0.erase() })
    v.take(try v.c.edit(seen) { $0.put(Path("name"), "Ada L.") })
  }

  private static func visibility(_ v: inout Builder) throws {
    let seen = v.state
    v.take(try v.a.edit(seen, at: Sample.noon) { $0.put(Path("visibility"), "network") })
    v.take(try v.b.edit(seen, at: Sample.noon + 500) { $0.put(Path("visibility"), "public") })
  }

  private static func refused(_ v: inout Builder) throws {
    v.take(try v.b.edit(v.state) { $0.put(Path("title"), "theirs") })
    let seen = v.state
    let first = try v.a.edit(seen) { $0.put(Path("title"), "refused") }
    var shown = seen
    shown.apply(first, time: first.at) { _ in true }
    let second = try v.a.edit(shown, unaccepted: [first]) { $0.put(Path("title"), "accepted") }
    v.take(first, .rejected)
    v.take(second)
  }

  private static func awaited(_ v: inout Builder) throws {
    let lost = try v.a.edit(v.state) {
      $0.put(Path("title"), "lost"); $0.put(Path("areas", "y"), true)
    }
    let seen = Sample.state([lost])
    v.take(
      try v.b.edit(seen) {
        $0.put(Path("title"), "successor"); $0.drop(Path("areas", "y"))
      })
  }

  private static func arrived(_ v: inout Builder) throws {
    let lost = try v.a.edit(v.state) {
      $0.put(Path("title"), "lost"); $0.put(Path("summary"), "only here")
    }
    let void = try v.a.edit(Sample.state([lost])) { $0.put(Path("venue"), "refused long ago") }
    let seen = Sample.state([lost, void])
    v.take(
      try v.b.edit(seen) {
        $0.put(Path("title"), "successor"); $0.put(Path("venue"), "hall")
      })
    v.take(lost)
    v.take(void, .void)
  }

  private static func deleteOverDelete(_ v: inout Builder) throws {
    let lost = try v.a.edit(v.state) { $0.put(Path("title"), "lost") }
    v.take(try v.b.edit(Sample.state([lost])) { $0.delete() })
    v.take(try v.c.edit(v.state) { $0.delete() })
    v.take(lost)
  }

  private static func rewritten(_ v: inout Builder) throws {
    let first = try v.a.write(Writer.put(["title"], "before the fork", []))
    var object = try JSON.parse(first.bytes).object ?? JSONObject()
    object["x-client"] = ["build": 7]
    let newer = try Change(bytes: JSON.object(object).canonical())
    v.take(try newer.rewritten(as: Sample.cebu, n: 1))
    v.take(try v.b.edit(v.state) { $0.put(Path("title"), "after it") })
  }

  private static func keys(_ v: inout Builder) throws {
    v.take(
      try v.a.edit(v.state) { draft in
        for key: Text in ["Bogot\u{E1}", "Bogota\u{301}", "\u{1F54A}", "\u{FF61}", "a\"b\\c", "\u{2028}"] {
          draft.put(Path("areas", key), true)
        }
      })
    v.take(try v.b.edit(v.state) { $0.drop(Path("areas", "Bogot\u{E1}")) })
  }
}
