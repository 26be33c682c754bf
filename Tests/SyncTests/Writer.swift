import JSON
import Sync

/// One replica that writes changes to one record, by hand or by drafts.
struct Writer {
  let replica: ReplicaID
  var record = Sample.record
  private(set) var n: Int64 = 0
  private(set) var last: [Change] = []

  init(_ replica: ReplicaID, record: RecordID = Sample.record) {
    self.replica = replica
    self.record = record
  }

  /// Writes operations as they are given, without a draft's care.
  mutating func write(at time: Int64 = Sample.noon, _ operations: JSON...) throws -> Change {
    n += 1
    let object: JSON = [
      "at": .int(time), "kind": .string(Sample.kind), "n": .int(n), "ops": .array(operations),
      "record": .string(record.text), "replica": .string(replica.text),
    ]
    let change = try Change(bytes: object.canonical())
    last.append(change)
    return change
  }

  /// Writes one value at a plain field.
  mutating func put(
    _ field: Text, _ value: JSON, over: [Change] = [], at time: Int64 = Sample.noon
  ) throws -> Change {
    try write(at: time, Self.put([.string(field)], value, over))
  }

  /// Adds an element.
  mutating func add(_ field: Text, _ key: Text, over: [Change] = [], at time: Int64 = Sample.noon) throws
    -> Change
  {
    try write(at: time, Self.put([.string(field), .string(key)], true, over))
  }

  /// Removes an element.
  mutating func drop(_ field: Text, _ key: Text, over: [Change]) throws -> Change {
    try write(["drop": [.string(field), .string(key)], "over": Self.names(over)])
  }

  /// Writes as a person would: from what is shown, with the changes that no hub has accepted yet.
  mutating func edit(
    _ state: RecordState, unaccepted: [Change] = [], at time: Int64 = Sample.noon,
    _ body: (inout ChangeDraft) -> Void
  ) throws -> Change {
    var draft = ChangeDraft(state: state, unaccepted: unaccepted)
    body(&draft)
    n += 1
    let envelope = ChangeEnvelope(at: time, kind: state.kind, replica: replica, n: n, record: state.record)
    let change = try draft.finish(envelope)
    last.append(change)
    return change
  }

  static func put(_ path: JSON, _ value: JSON, _ over: [Change]) -> JSON {
    over.isEmpty ? ["put": path, "value": value] : ["over": names(over), "put": path, "value": value]
  }

  static func names(_ changes: [Change]) -> JSON { .array(changes.map { .string($0.name.text) }) }
}
