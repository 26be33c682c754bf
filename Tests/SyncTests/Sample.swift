import JSON
import Sync

/// Names, records and changes for tests.
enum Sample {
  static let record = RecordID(0x0191_2345_6789_7abc_8def_0123_4567_89ab)
  static let otherRecord = RecordID(0x0191_2345_6789_7abc_8def_0123_4567_89ac)
  static let kind: Text = "event"
  /// 2026-06-01T12:00:00Z.
  static let noon: Int64 = 1_780_315_200_000

  static let bogota = replica("bogota-7kq2m")
  static let nairobi = replica("nairobi-00a1z")
  static let utrecht = replica("utrecht-zzzzz")
  static let cebu = replica("cebu-city-3d9fp")
  static let all = [bogota, nairobi, utrecht, cebu]

  static func replica(_ text: Text) -> ReplicaID {
    guard let id = ReplicaID(text) else { preconditionFailure("\(text) is no replica id") }
    return id
  }

  static func name(_ text: Text) -> ChangeName {
    guard let name = ChangeName(text) else { preconditionFailure("\(text) is no name") }
    return name
  }

  /// A record that nobody has written.
  static var empty: RecordState { RecordState(record: record, kind: kind) }

  /// The state that a hub has after changes in this order; a change's cells have the change's own time.
  static func state(_ changes: [Change]) -> RecordState {
    var state = empty
    var held: Set<ChangeName> = []
    for change in changes {
      state.apply(change, time: change.at) { held.contains($0) }
      held.insert(change.name)
    }
    return state
  }

  /// Text as bytes.
  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// Bytes as text.
  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
