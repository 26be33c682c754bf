import Crypto
import Foundation
import JSON
import SQLite
import Store
import Sync
import TestKit

/// A store in a file of its own, and what tests put into it.
final class Bench {
  let folder: TemporaryFolder
  let store: Store

  init(_ role: Store.Role = .hub) throws {
    folder = try TemporaryFolder()
    store = try Store(path: folder.path("store.db"), role: role)
  }

  static func record(_ number: Int) -> RecordID { RecordID(UInt128(number) << 64 | UInt128(number &* 37 & 0xFF)) }

  static func replica(_ ending: String) throws -> ReplicaID {
    guard let id = ReplicaID(Text("bogota-\(ending)")) else { throw TestError("'\(ending)' ends no id") }
    return id
  }

  /// A change with one operation.
  static func change(_ n: Int64, _ record: RecordID, _ operation: String, kind: String = "event") throws -> Change {
    let text = """
      {"at":\(n),"kind":"\(kind)","n":\(n),"ops":[\(operation)],"record":"\(record)","replica":"bogota-7kq2m"}
      """
    return try Change(bytes: JSON.parse(Array(text.utf8)).canonical())
  }

  /// Saves a record with some values.
  @discardableResult
  func save(_ number: Int, _ operations: [String], kind: String = "event") throws -> StoredRecord {
    var record = StoredRecord(
      num: try store.records.nextNumber(), state: RecordState(record: Bench.record(number), kind: Text(kind)))
    for (index, operation) in operations.enumerated() {
      let change = try Bench.change(Int64(number * 100 + index + 1), Bench.record(number), operation, kind: kind)
      record.state.apply(change, time: change.at)
    }
    record.base = .shown
    try store.transaction {
      try store.records.save(&record)
      if store.role == .replica { try DerivedTables.update(store, record) }
    }
    return record
  }

  /// A row with everything set.
  static func row(_ pos: Int64, prev: Int64 = 0, record: Int64 = 1, fate: LogRow.Fate = .applied) -> LogRow {
    LogRow(
      pos: pos, seq: pos + 100, replica: 1, n: pos, record: record, prev: prev, time: -pos,
      hash: SHA256.hash(Array("row \(pos)".utf8)), chain: UInt64.max - UInt64(pos), fate: fate,
      travelsAsState: pos % 2 == 0,
      isOutside: pos % 3 == 0)
  }
}

extension TemporaryFolder {
  /// The names and bytes of all files.
  func files() throws -> [String: Data] {
    var found: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: url.path) {
      found[name] = FileManager.default.contents(atPath: path(name))
    }
    return found
  }
}
