import JSON
import Sync

/// Histories about what is shown and what is a conflict, of cells that did not see each other.
extension MergeVector {
  static func equalValues(_ v: inout Builder) throws {
    let seen = v.state
    v.take(
      try v.a.edit(seen) {
        $0.put(Path("title"), "same"); $0.put(Path("when"), ["tba": true]); $0.put(Path("summary"), true)
      })
    v.take(
      try v.b.edit(seen) {
        $0.put(Path("title"), "same"); $0.put(Path("when"), ["tba": true]); $0.put(Path("summary"), 1)
      })
    v.take(try v.c.edit(seen) { $0.put(Path("when"), ["year": "2027"]) })
  }

  static func positions(_ v: inout Builder) throws {
    let position = Path.position(of: "points", item: "k1")
    v.take(
      try v.a.edit(v.state) {
        $0.put(Path("points", "k1"), ["kind": "aim", "text": "x"]); $0.put(position, "V")
      })
    let seen = v.state
    v.take(try v.b.edit(seen, at: Sample.noon + 200) { $0.put(position, "a") })
    v.take(try v.c.edit(seen, at: Sample.noon + 100) { $0.put(position, "z") })
  }

  static func restoreAndDelete(_ v: inout Builder) throws {
    v.take(try v.a.edit(v.state) { $0.put(Path("title"), "x") })
    v.take(try v.b.edit(v.state) { $0.delete() })
    let seen = v.state
    v.take(try v.a.edit(seen) { $0.restore() })
    v.take(try v.c.edit(seen) { $0.delete() })
  }

  static func visibilities(_ v: inout Builder) throws {
    let seen = v.state
    let strictestFirst: [JSON] = ["sealed", "board", "city", ["utrecht"], "network", "public"]
    for (later, value) in strictestFirst.enumerated() {
      v.take(try v.a.edit(seen, at: Sample.noon + Int64(later)) { $0.put(Path("visibility"), value) })
    }
    // As strict as "network", so that between those two the time decides.
    v.take(try v.b.edit(seen, at: Sample.noon + 500) { $0.put(Path("visibility"), nil) })
  }
}
