import SQLite

/// Which replica's id came from which: each new identity (Protocol/README.md, 7.8) remembers the one that asked for it.
struct Lineage {
  private var former: [String: String] = [:]
  private var next: [String: [String]] = [:]
  private var taken: [String: Int64] = [:]

  /// Reads all of it.
  init(_ connection: Connection) throws {
    try connection.rows("SELECT id, former, joined FROM known_replica WHERE former IS NOT NULL ORDER BY id") { row in
      let (id, origin) = (row.text(0), row.text(1))
      former[id] = origin
      next[origin, default: []].append(id)
      taken[id] = row.integer(2)
    }
  }

  /// An id and all that came from it, however far.
  func descendants(of id: String) -> [String] {
    // A file that a disk has damaged may hold a circle.
    var (found, seen) = ([id], Set([id]))
    var index = 0
    while index < found.count {
      for child in next[found[index]] ?? [] where seen.insert(child).inserted { found.append(child) }
      index += 1
    }
    return found
  }

  /// The ids from which one came, the nearest first.
  func ancestors(of id: String) -> [String] {
    var (found, seen) = ([String](), Set([id]))
    var place = id
    while let origin = former[place], seen.insert(origin).inserted {
      found.append(origin)
      place = origin
    }
    return found
  }

  /// When the ids that share an origin with one were taken, in a span of time, the earliest first.
  func takenByFamily(of id: String, after start: Int64, upTo end: Int64) -> [Int64] {
    let family = descendants(of: ancestors(of: id).last ?? id)
    return family.compactMap { taken[$0] }.filter { $0 > start && $0 <= end }.sorted()
  }
}
