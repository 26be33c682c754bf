public import Crypto
import JSON

/// What a replica offers to a hub under one dot.
public enum Submission: Hashable, Sendable {
  /// A well-formed change.
  case change(Change)
  /// A change whose dot is clear but which can never be accepted; it uses up its number.
  case refused(RefusedChange)
  /// A change that was refused or erased before, offered again without its operations.
  case void(VoidChange)

  /// The number that it uses up.
  public var n: Int64 {
    switch self {
    case .change(let change): change.n
    case .refused(let refused): refused.n
    case .void(let void): void.n
    }
  }

  /// The replica that offers it.
  public var replica: ReplicaID {
    switch self {
    case .change(let change): change.replica
    case .refused(let refused): refused.replica
    case .void(let void): void.replica
    }
  }

  /// The hash under which its dot is remembered.
  public var hash: Digest {
    switch self {
    case .change(let change): change.hash
    case .refused(let refused): refused.hash
    case .void(let void): void.hash
    }
  }

  /// The record.
  public var record: RecordID {
    switch self {
    case .change(let change): change.record
    case .refused(let refused): refused.record
    case .void(let void): void.record
    }
  }

  /// The name under which it was written first, if it was written again.
  public var was: ChangeName? {
    switch self {
    case .change(let change): change.isRewritten ? change.name : nil
    case .refused(let refused): refused.was
    case .void(let void): void.was
    }
  }

  /// The name that its own dot and hash make.
  public var dotName: ChangeName { ChangeName(replica: replica, n: n, hash: hash.prefix) }

  /// Why it is refused already.
  public var rejection: Rejection? {
    if case .refused(let refused) = self { refused.rejection } else { nil }
  }

  /// Reads one element of a batch, and makes its bytes canonical where they are not.
  ///
  /// - Throws: a ``ChangeError`` if it names no dot or no record, so that no fate could be given to it.
  public init(bytes: ArraySlice<UInt8>) throws(ChangeError) {
    var isCanonical = false
    let json: JSON
    do {
      json = try JSON.parseNoting(canonical: &isCanonical, bytes)
    } catch {
      throw ChangeError("a change is not valid JSON: \(error)")
    }
    try self.init(json, bytes: bytes, isCanonical: isCanonical)
  }

  /// Takes an element that was parsed already.
  ///
  /// - Parameters:
  ///   - json: the element.
  ///   - bytes: its bytes as they came.
  ///   - isCanonical: whether those bytes are canonical.
  init(_ json: JSON, bytes: ArraySlice<UInt8>, isCanonical: Bool) throws(ChangeError) {
    guard let object = json.object else { throw ChangeError("a change is not an object") }
    if let void = object.value("void") {
      self = .void(try VoidChange(void))
      return
    }
    if isCanonical {
      self = try Self.read(object, canonical: Array(bytes))
    } else {
      // Values are compared as they stand, so they are read from the canonical bytes too.
      let canonical = json.canonical()
      let again = try? JSON.parse(canonical).object
      self = try Self.read(again ?? object, canonical: canonical)
    }
  }

  private static func read(_ object: JSONObject, canonical: [UInt8]) throws(ChangeError) -> Submission {
    let envelope = try ChangeEnvelope(object)
    let hash = SHA256.hash(canonical)
    do throws(Rejection) {
      try Self.check(envelope)
      let operations = try Self.operations(of: object, size: canonical.count)
      return .change(Change(envelope: envelope, operations: operations, bytes: canonical, hash: hash))
    } catch {
      return .refused(
        RefusedChange(
          replica: envelope.replica, n: envelope.n, record: envelope.record, hash: hash, was: envelope.was,
          rejection: error))
    }
  }

  private static func check(_ envelope: ChangeEnvelope) throws(Rejection) {
    guard Path.isKind(envelope.kind) else {
      throw Rejection(.badChange, "'kind' is not a letter followed by letters, digits, '-' and '_'")
    }
    // A change is written again under another id, never under its own.
    guard envelope.was?.replica != envelope.replica else {
      throw Rejection(.badName, "'was' names a dot of the same replica")
    }
  }

  private static func operations(of object: JSONObject, size: Int) throws(Rejection) -> [Operation] {
    let most = Self.mostBytes(of: object)
    guard size <= most else {
      throw Rejection(.changeTooLarge, "a change has at most \(most) bytes, this one has \(size)")
    }
    guard JSON.object(object).isNested(atMost: Limits.changeDepth) else {
      throw Rejection(.badChange, "a change is nested deeper than \(Limits.changeDepth) levels")
    }
    guard JSON.object(object).isCanonicalizable else {
      throw Rejection(.badNumber, "numbers in a change are integers within ±(2^53 - 1); write others as text")
    }
    for member in object.members where ChangeEnvelope.reserved.contains(member.key) {
      throw Rejection(.reservedName, "'\(member.key)' is the hub's to set")
    }
    guard let items = object.value("ops")?.array, (1...Limits.operations).contains(items.count) else {
      throw Rejection(.badChange, "'ops' is not a list of 1 to \(Limits.operations) operations")
    }
    var operations: [Operation] = []
    operations.reserveCapacity(items.count)
    for item in items { operations.append(try Operation(item)) }
    try checkPaths(operations)
    if let was = object.value("was")?.text.flatMap({ ChangeName($0) }),
      operations.contains(where: { $0.over.contains(was) })
    {
      throw Rejection(.badChange, "a change names itself in 'over'")
    }
    return operations
  }

  /// A delete lists what its writer saw, and a change that is written again carries its former name besides.
  private static func mostBytes(of object: JSONObject) -> Int {
    let isLife = object.value("ops")?.array.map { $0.count == 1 && $0[0]["put"] == Path.life.json } ?? false
    let most = isLife ? Limits.deleteBytes : Limits.changeBytes
    return object.value("was") == nil ? most : most + Limits.rewritingBytes
  }

  private static func checkPaths(_ operations: [Operation]) throws(Rejection) {
    if operations.count == 1 { return }
    guard operations.allSatisfy({ $0.path != nil }) else {
      throw Rejection(.badChange, "an erasure stands alone in its change")
    }
    for case .put(.life, .object, _) in operations {
      // Its own cells could not be in its own list.
      throw Rejection(.badChange, "a delete stands alone in its change")
    }
    let paths = operations.compactMap(\.path)
    // A handful is compared pair by pair, which is faster than hashing; more go through a set.
    let isTwice =
      paths.count <= 16
      ? paths.indices.contains { index in paths[..<index].contains(paths[index]) } : Set(paths).count < paths.count
    if isTwice { throw Rejection(.badChange, "a path is written twice in one change") }
  }
}

extension ChangeEnvelope {
  init(_ object: JSONObject) throws(ChangeError) {
    guard let replica = object.value("replica")?.text.flatMap({ ReplicaID($0) }) else {
      throw ChangeError("'replica' is not the id of a replica")
    }
    guard let n = object.value("n")?.integer, (1...Limits.largestInteger).contains(n) else {
      throw ChangeError("'n' is not a number from 1 to 2^53 - 1")
    }
    guard let record = object.value("record")?.text.flatMap({ RecordID($0) }) else {
      throw ChangeError("'record' is not a UUID in lower case")
    }
    guard let at = object.value("at")?.integer, at.magnitude <= Limits.largestInteger.magnitude else {
      throw ChangeError("'at' is not a time in milliseconds")
    }
    guard let kind = object.value("kind")?.text, (1...Limits.kindBytes).contains(kind.count) else {
      throw ChangeError("'kind' is not a text of 1 to \(Limits.kindBytes) bytes")
    }
    var was: ChangeName?
    if let text = object.value("was") {
      guard let name = text.text.flatMap({ ChangeName($0) }) else { throw ChangeError("'was' is not a change's name") }
      was = name
    }
    self.init(at: at, kind: kind, replica: replica, n: n, record: record, was: was)
  }
}
