import JSON
import Records
import Sync

/// Where trials write records: one replica, one clock, item keys in a row.
struct Desk {
  private var items = 0
  private let replica = ReplicaID("bogota-7kq2m")
  private let record = RecordID("0190a1b2-c3d4-7abc-8def-000000000042")

  /// A record of which nothing is known yet.
  func blank(_ kind: Kind, id: RecordID? = nil) -> RecordState? {
    (id ?? record).map { RecordState(record: $0, kind: kind.name) }
  }

  /// A key for a new item of a list.
  mutating func itemKey() -> Text {
    items += 1
    return Text("item\(items)")
  }

  /// The change that a draft comes to; `nil` where it is empty or larger than a change may be.
  func change(_ draft: ChangeDraft) -> Change? {
    guard let replica, !draft.isEmpty else { return nil }
    return try? draft.finish(
      ChangeEnvelope(at: 1_700_000_000_000, kind: draft.state.kind, replica: replica, n: 1, record: draft.state.record))
  }

  /// A record with what a document says.
  mutating func written(_ document: JSONObject, _ kind: Kind) -> RecordState? {
    guard var state = blank(kind) else { return nil }
    var draft = ChangeDraft(state: state, unaccepted: [])
    do {
      try RecordDocument.draft(document, kind: kind, into: &draft, itemKey: { self.itemKey() }, updating: false)
    } catch {
      return nil
    }
    guard let change = change(draft) else { return nil }
    state.apply(change, time: change.at)
    return state
  }
}
