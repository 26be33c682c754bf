import JSON

/// What a record must hold, said as plainly as possible and without any order; shares no merge code with the product.
///
/// A cell is live when an accepted change put it at its path and no accepted change names it in `over` there. The
/// changes are read from their bytes alone.
struct NaiveModel {
  /// A value at a path, all of it as text.
  struct Live: Hashable, CustomStringConvertible {
    let path: String
    let name: String
    let time: Int64
    let value: String

    var description: String { "\(path)=\(value) by \(name) at \(time)" }
  }

  /// What can be seen from outside; two implementations are compared by it.
  struct View: Hashable {
    var live: Set<String> = []
    var awaited: Set<String> = []
    var isErased = false
    var isDeleted = false
    var shown: [String: String] = [:]
    var conflicts: Set<String> = []
  }

  private static let life = "[\"@life\"]"

  private(set) var live: Set<Live> = []
  private(set) var isErased = false
  private var replaced: Set<String> = []

  /// Takes changes to one record with the time of their cells, in any order.
  init(_ accepted: [(change: NaiveChange, time: Int64)]) {
    isErased = accepted.contains { $0.change.isErasure }
    replaced = Set(accepted.flatMap(\.change.replaced))
    if isErased { return }
    for (change, time) in accepted {
      for (path, value) in change.put where !replaced.contains("\(path) \(change.name)") {
        live.insert(Live(path: path, name: change.name, time: time, value: value))
      }
    }
  }

  /// What is named in `over` at a path but has not arrived, as "path name".
  func awaited(arrived: Set<String>) -> Set<String> {
    if isErased { return [] }
    return replaced.filter { pair in
      guard let space = pair.lastIndex(of: " ") else { return false }
      return !arrived.contains(String(pair[pair.index(after: space)...]))
    }
  }

  // MARK: Life

  private var deletes: Set<Live> { live.filter { $0.path == Self.life && $0.value != "\"alive\"" } }

  /// The live cells, deletes apart, that are in no live delete's list.
  private func uncovered() -> Set<Live> {
    var listed: Set<String> = []
    for delete in deletes {
      let value = (try? JSON.parse(Array(delete.value.utf8))) ?? .null
      for member in value["deleted"]?.object?.members ?? [] {
        for path in member.value.array ?? [] { listed.insert("\(NaiveChange.text(path)) \(member.key)") }
      }
    }
    return live.subtracting(deletes).filter { !listed.contains("\($0.path) \($0.name)") }
  }

  /// Whether a live delete exists and every other live cell is in the list of one.
  var isDeleted: Bool { !deletes.isEmpty && uncovered().isEmpty }

  // MARK: What is shown

  /// Everything that can be seen from outside.
  func view(arrived: Set<String>) -> View {
    View(
      live: Set(live.map(\.description)), awaited: awaited(arrived: arrived), isErased: isErased,
      isDeleted: isDeleted, shown: shown, conflicts: conflicts)
  }

  /// The value shown at each path.
  var shown: [String: String] {
    var result: [String: String] = [:]
    for (path, cells) in byPath { result[path] = cells.first?.value }
    return result
  }

  /// The live cells of each path, the one that is shown first.
  private var byPath: [String: [Live]] {
    Dictionary(grouping: live, by: \.path).mapValues { $0.sorted { Self.isShownBefore($0, $1) } }
  }

  /// The conflicts, each as one line.
  var conflicts: Set<String> {
    if isErased || isDeleted { return [] }
    var found: Set<String> = []
    if !deletes.isEmpty {
      found.insert(Self.lifeLine(deletes.map(\.name), uncovered().map { "\($0.path) \($0.name)" }))
    }
    for (path, cells) in byPath where path != Self.life && !path.contains("@position\"") {
      if Set(cells.map(\.value)).count > 1 { found.insert(Self.valuesLine(path, cells.map(\.name))) }
    }
    return found
  }

  /// A life conflict as one line.
  static func lifeLine(_ deletes: [String], _ others: [String]) -> String {
    "life: \(deletes.sorted()) against \(others.sorted())"
  }

  /// A conflict of values as one line, the name of the shown one first.
  static func valuesLine(_ path: String, _ names: [String]) -> String { "\(path): \(names)" }

  private static func isShownBefore(_ a: Live, _ b: Live) -> Bool {
    if a.path == "[\"visibility\"]", strictness(a.value) != strictness(b.value) {
      return strictness(a.value) > strictness(b.value)
    }
    if a.time != b.time { return a.time > b.time }
    let (x, y) = (a.name.split(separator: ":"), b.name.split(separator: ":"))
    if x[0] != y[0] { return Array(y[0].utf8).lexicographicallyPrecedes(Array(x[0].utf8)) }
    if x[1] != y[1] { return (Int64(x[1]) ?? 0) > (Int64(y[1]) ?? 0) }
    return x[2] > y[2]
  }

  /// Public, network (where a cleared field is too), a set of cities, own city, sealed: each narrower than the one before.
  private static func strictness(_ value: String) -> Int {
    ["\"public\"": 0, "\"network\"": 1, "null": 1, "\"city\"": 3, "\"sealed\"": 5][value]
      ?? (value.hasPrefix("[") || value.hasPrefix("{") ? 2 : 4)
  }
}
