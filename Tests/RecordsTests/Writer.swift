import JSON
import Records
import Sync

/// One replica that writes changes to records, without any hub: numbers, clock and keys count up.
struct Writer {
  let replica: ReplicaID
  private(set) var n: Int64 = 0
  private var keys = 0

  init(_ name: String = "bogota-7kq2m") throws {
    guard let replica = ReplicaID(Text(name)) else { throw ChangeError("the test names no replica") }
    self.replica = replica
  }

  /// A key for a list's item.
  mutating func itemKey() -> Text {
    keys += 1
    return Text("\(replica)-\(keys)")
  }

  /// Finishes a draft.
  mutating func change(_ draft: ChangeDraft) throws -> Change {
    n += 1
    let envelope = ChangeEnvelope(
      at: n * 1000, kind: draft.state.kind, replica: replica, n: n, record: draft.state.record)
    return try draft.finish(envelope)
  }

  /// The state with a draft applied; the hub's rules must let the change pass.
  mutating func write(_ draft: ChangeDraft) throws -> RecordState {
    if draft.isEmpty { return draft.state }
    let change = try change(draft)
    try RecordRules.check(change)
    var state = draft.state
    state.apply(change, time: change.at)
    return state
  }

  /// The state with a document written to it.
  mutating func write(
    _ document: JSONObject, to state: RecordState, updating: Bool = false
  ) throws -> RecordState {
    try write(draft(document, on: state, updating: updating))
  }

  /// The draft that a document makes on a state.
  mutating func draft(
    _ document: JSONObject, on state: RecordState, updating: Bool = false
  ) throws -> ChangeDraft {
    guard let kind = Kinds.named(state.kind) else { throw FieldError("the test names no kind") }
    var draft = ChangeDraft(state: state, unaccepted: [])
    try RecordDocument.draft(document, kind: kind, into: &draft, itemKey: { itemKey() }, updating: updating)
    return draft
  }
}

/// A record that nobody has written yet.
func blank(_ kind: Text, _ number: UInt128 = 1) -> RecordState {
  RecordState(record: RecordID(number), kind: kind)
}

/// A change of one operation by another replica, which need not keep to the table.
func rawChange(kind: Text, record: UInt128 = 1, _ edit: (inout ChangeDraft) -> Void) throws -> Change {
  var draft = ChangeDraft(state: blank(kind, record), unaccepted: [])
  edit(&draft)
  var writer = try Writer("palmira-00000")
  return try writer.change(draft)
}

/// The members that every record of a kind must have.
let required: [Text: JSONObject] = [
  "event": ["title": "Roundtable", "when": ["tba": true]],
  "contact": ["kind": "org", "name": ["full": "City of Palmira"]],
  "publication": ["type": "report", "title": "Report"],
]
