import Crypto
import JSON

/// A stored or received state that is not well-formed.
public struct StateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in one sentence.
  public let description: String
}

extension RecordState {
  /// Reads canonical bytes; any other bytes of the same meaning are refused, so that a hash has one preimage.
  public init(canonicalBytes bytes: [UInt8]) throws(StateError) {
    try self.init(canonicalBytes: bytes[...])
  }

  /// Reads canonical bytes from a larger message.
  public init(canonicalBytes bytes: ArraySlice<UInt8>) throws(StateError) {
    try self.init(storedBytes: bytes)
    guard canonicalBytes()[...] == bytes else { throw StateError(description: "a state is not in its one form") }
  }

  /// Reads bytes that this program has written itself, without writing them out again to compare.
  public init(storedBytes bytes: ArraySlice<UInt8>) throws(StateError) {
    var isCanonical = false
    guard let json = try? JSON.parseNoting(canonical: &isCanonical, bytes), isCanonical, let object = json.object else {
      throw StateError(description: "a state is not canonical JSON")
    }
    guard let record = object["record"]?.text.flatMap({ RecordID($0) }), let kind = object["kind"]?.text else {
      throw StateError(description: "a state names no record or no kind")
    }
    self.init(record: record, kind: kind)
    if object["erased"] == .bool(true) {
      isErased = true
      return
    }
    let names = try Self.names(object["names"])
    guard let list = object["cells"]?.array else { throw StateError(description: "a state has no cells") }
    cells.reserveCapacity(list.count)
    for item in list { cells.append(try Self.cell(item, names: names)) }
    try readAwaited(object["awaited"])
    guard zip(awaited, awaited.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw StateError(description: "the marks of a state are not in order")
    }
    guard Self.isSorted(cells) else { throw StateError(description: "the cells of a state are not in order") }
  }

  private static func names(_ json: JSON?) throws(StateError) -> [NamedTime] {
    guard let list = json?.array else { throw StateError(description: "a state has no names") }
    var names: [NamedTime] = []
    names.reserveCapacity(list.count)
    for item in list {
      guard let parts = item.array, parts.count == 4, let replica = parts[0].text.flatMap({ ReplicaID($0) }),
        let n = parts[1].integer, n >= 1, let hash = parts[2].text.flatMap({ Hex.decode16($0.bytes[...]) }),
        let time = parts[3].integer
      else { throw StateError(description: "a name in a state is not well-formed") }
      names.append(NamedTime(name: ChangeName(replica: replica, n: n, hash: hash), time: time))
    }
    return names
  }

  private static func cell(_ json: JSON, names: [NamedTime]) throws(StateError) -> Cell {
    guard let parts = json.array, parts.count == 4, let field = parts[0].text, let index = parts[2].integer,
      (0..<Int64(names.count)).contains(index)
    else { throw StateError(description: "a cell in a state is not well-formed") }
    let name = names[Int(index)]
    return Cell(path: try path(field, parts[1]), name: name.name, time: name.time, value: parts[3])
  }

  private static func path(_ field: Text, _ key: JSON) throws(StateError) -> Path {
    if key == .null { return Path(field) }
    guard let text = key.text else { throw StateError(description: "a key in a state is not a text") }
    return Path(field, text)
  }

  private mutating func readAwaited(_ json: JSON?) throws(StateError) {
    guard let json else { return }
    guard let list = json.array else { throw StateError(description: "the marks of a state are not a list") }
    for item in list {
      guard let parts = item.array, parts.count == 3, let field = parts[0].text,
        let name = parts[2].text.flatMap({ ChangeName($0) })
      else { throw StateError(description: "a mark in a state is not well-formed") }
      awaited.append(AwaitedMark(path: try Self.path(field, parts[1]), name: name))
    }
  }

  private static func isSorted(_ cells: [Cell]) -> Bool {
    zip(cells, cells.dropFirst()).allSatisfy { Cell.precedes($0, $1) }
  }
}
