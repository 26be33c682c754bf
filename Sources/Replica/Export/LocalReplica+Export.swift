public import JSON
public import Records
import SQLite
import Store
import Sync

/// A file of records, and what was left out of it.
public struct ExportReport: Sendable {
  /// The file.
  public internal(set) var bytes: [UInt8] = []
  /// How many records of each kind are in it.
  public internal(set) var records: [Text: Int] = [:]
  /// How many live records of each kind its ceiling left out.
  public internal(set) var leftOut: [Text: Int] = [:]
  /// In how many records each field was left out.
  public internal(set) var fieldsLeftOut: [Text: Int] = [:]
  /// How many records have open conflicts, of which only the values that are shown are in it.
  public internal(set) var conflicts = 0
}

extension LocalReplica {
  /// Writes live records to a file, sorted by their ids.
  ///
  /// Deleted and erased records are never in it. All is read at one moment, whatever others write meanwhile.
  ///
  /// - Parameters:
  ///   - form: how the file is written.
  ///   - kind: the kind of the records; `nil` for all.
  ///   - ceiling: for whose eyes it is.
  ///   - isRaw: whether a table is for programs alone.
  public func export(
    _ form: ExportFile.Form, kind: Kind?, ceiling: ExportCeiling, isRaw: Bool = false
  ) throws -> ExportReport {
    try store.connection.run("BEGIN")
    defer { try? store.connection.run("ROLLBACK") }
    var report = ExportReport()
    // What one record refers to may be of any kind.
    var (admitted, ids, extras) = (Set<RecordID>(), [RecordID](), Set<Text>())
    try eachLive { state in
      let isWanted = kind.map { $0.name == state.kind } ?? (Kinds.named(state.kind) != nil)
      guard ceiling.admits(state) else {
        if isWanted { report.leftOut[state.kind, default: 0] += 1 }
        return
      }
      admitted.insert(state.record)
      guard isWanted else { return }
      ids.append(state.record)
      if ceiling == .network { extras.formUnion(ExportFile.extras(of: state)) }
    }
    var file = ExportFile(form, kinds: kind.map { [$0] } ?? Kinds.all, extras: extras.sorted(), isRaw: isRaw)
    for id in ids {
      guard let state = try store.records.find(id)?.state else { continue }
      var omitted = ceiling.omitted(of: state) { admitted.contains($0) }
      if form == .csv { omitted.formUnion(Set(ExportFile.unknown(in: state)).subtracting(extras)) }
      for field in omitted { report.fieldsLeftOut[field, default: 0] += 1 }
      if !state.conflicts().isEmpty { report.conflicts += 1 }
      report.records[state.kind, default: 0] += 1
      file.add(state, without: omitted)
    }
    report.bytes = file.bytes
    return report
  }

  private func eachLive(_ body: (RecordState) throws -> Void) throws {
    var ids: [RecordID] = []
    try store.connection.rows("SELECT id FROM record WHERE deleted = 0 ORDER BY id") { row in
      if let id = RecordID(bytes: row.bytes(0)) { ids.append(id) }
    }
    for id in ids {
      if let state = try store.records.find(id)?.state { try body(state) }
    }
  }
}
