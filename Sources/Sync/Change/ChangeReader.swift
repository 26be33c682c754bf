import Crypto
import JSON

/// Reads the changes of one batch where they have the shape that nearly all have: canonical, well-formed, without
/// members that this version does not know.
///
/// What it reads is what ``Submission`` would read from the tree; whatever else comes it leaves to that. The changes of a
/// batch mostly name the same replica and the same fields, so their texts are kept and shared.
struct ChangeReader {
  private var replica: ReplicaID?
  private var kind: Text?
  private var fields: [Text] = []
  private static let mostFields = 64

  /// A reader that has seen nothing yet.
  init() {}

  /// Reads one change; `nil` where the shape is another.
  ///
  /// Canonical numbers are within ±(2^53 − 1).
  mutating func change(_ canonical: CanonicalReader, bytes: ArraySlice<UInt8>) -> Change? {
    guard bytes.count <= Limits.changeBytes else { return nil }
    var reader = canonical
    guard reader.take("{\"at\":"), let at = reader.integer(),
      reader.take(",\"kind\":"), let kind = kind(&reader), reader.take(",\"n\":"), let n = reader.integer(),
      n >= 1, reader.take(",\"ops\":["), let operations = operations(&reader),
      reader.take(",\"record\":"), let id = reader.plainString(),
      let record = reader.withBytes(id, { RecordID(utf8: $0) }),
      reader.take(",\"replica\":"), let place = reader.plainString(), let replica = replica(place, reader),
      reader.take("}"), reader.isAtEnd, Self.areApart(operations)
    else { return nil }
    let copy = Array(bytes)
    return Change(
      envelope: ChangeEnvelope(at: at, kind: kind, replica: replica, n: n, record: record), operations: operations,
      bytes: copy, hash: SHA256.hash(copy))
  }

  private mutating func kind(_ reader: inout CanonicalReader) -> Text? {
    guard let place = reader.plainString() else { return nil }
    if let kind, reader.holds(kind, at: place) { return kind }
    let text = reader.text(place)
    guard Path.isKind(text) else { return nil }
    kind = text
    return text
  }

  private mutating func operations(_ reader: inout CanonicalReader) -> [Operation]? {
    var operations: [Operation] = []
    operations.reserveCapacity(4)
    repeat {
      guard operations.count < Limits.operations, reader.take("{"), let operation = operation(&reader) else {
        return nil
      }
      operations.append(operation)
    } while reader.take(",")
    return reader.take("]") ? operations : nil
  }

  private mutating func operation(_ reader: inout CanonicalReader) -> Operation? {
    if reader.take("\"drop\":") {
      guard let path = path(&reader) else { return nil }
      guard reader.take(",") else { return reader.take("}") ? .drop(path, over: []) : nil }
      guard let over = over(&reader), reader.take("}") else { return nil }
      return .drop(path, over: over)
    }
    var names: [ChangeName] = []
    if !reader.take("\"put\":") {
      guard let over = over(&reader), reader.take(",\"put\":") else { return nil }
      names = over
    }
    guard let path = path(&reader), reader.take(",\"value\":"), let value = reader.value(), reader.take("}"),
      value.isNested(atMost: Limits.valueDepth)
    else { return nil }
    return .put(path, value: value, over: names)
  }

  /// A well-formed path other than `@life`, whose values have rules of their own.
  private mutating func path(_ reader: inout CanonicalReader) -> Path? {
    guard reader.take("["), let place = reader.plainString(), let field = field(place, reader) else { return nil }
    if reader.take("]") { return Path(field) }
    guard reader.take(","), let key = reader.plainString(), reader.take("]") else { return nil }
    let path = Path(field, reader.text(key))
    return path.isWellFormed ? path : nil
  }

  /// The name of a field that can stand alone in a path.
  private mutating func field(_ place: Range<Int>, _ reader: CanonicalReader) -> Text? {
    for known in fields where reader.holds(known, at: place) { return known }
    let text = reader.text(place)
    let path = Path(text)
    guard path != .life, path.isWellFormed else { return nil }
    if fields.count < Self.mostFields { fields.append(text) }
    return text
  }

  private mutating func over(_ reader: inout CanonicalReader) -> [ChangeName]? {
    guard reader.take("\"over\":[") else { return nil }
    var names: [ChangeName] = []
    guard !reader.take("]") else { return names }
    repeat {
      guard names.count < Limits.overNames, let place = reader.plainString(), let name = name(place, reader) else {
        return nil
      }
      names.append(name)
    } while reader.take(",")
    return reader.take("]") ? names : nil
  }

  private mutating func name(_ place: Range<Int>, _ reader: CanonicalReader) -> ChangeName? {
    // replica:n:hash, of which the hash has sixteen digits and the number no colon.
    let bytes = reader.slice(place)
    let last = place.upperBound - 17
    guard last > place.lowerBound, bytes[last] == UInt8(ascii: ":"), let hash = Hex.decode16(bytes[(last + 1)...]),
      let first = bytes[..<last].lastIndex(of: UInt8(ascii: ":")), let n = ChangeName.number(bytes[(first + 1)..<last]),
      let replica = replica(place.lowerBound..<first, reader)
    else { return nil }
    return ChangeName(replica: replica, n: n, hash: hash)
  }

  private mutating func replica(_ place: Range<Int>, _ reader: CanonicalReader) -> ReplicaID? {
    if let replica, reader.holds(replica.text, at: place) { return replica }
    guard let id = ReplicaID(reader.text(place)) else { return nil }
    replica = id
    return id
  }

  /// Whether no path is written twice.
  ///
  /// Many are left to the tree's way, which knows how to compare many.
  private static func areApart(_ operations: [Operation]) -> Bool {
    guard operations.count <= 16 else { return false }
    for (index, operation) in operations.enumerated() {
      for other in operations[..<index] where other.path == operation.path { return false }
    }
    return true
  }
}
