/// A name at a path: where a cell or an awaited mark stands.
struct NaiveSpot: Hashable, Comparable, CustomStringConvertible {
  let path: NaivePath
  let name: NaiveName

  var description: String { "\(path) by \(name)" }

  static func < (one: NaiveSpot, other: NaiveSpot) -> Bool {
    one.path == other.path ? one.name < other.name : one.path < other.path
  }
}
