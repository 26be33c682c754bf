public import JSON
public import Records
import Store
import Sync

/// What came of an import, item by item.
public struct ImportReport: Sendable {
  /// An item that was not taken.
  public struct Problem: Sendable {
    /// What it is called in the file.
    public let source: Text
    /// Why it was not taken.
    public let reason: String
  }

  /// Records that are new here.
  public internal(set) var added: [Text: Int] = [:]
  /// Records that were changed.
  public internal(set) var updated = 0
  /// Records that said already what the file says.
  public internal(set) var unchanged = 0
  /// Items that were not taken.
  public internal(set) var problems: [Problem] = []
}

extension LocalReplica {
  /// Imports a file in one transaction: every good item is taken, every bad one is named.
  ///
  /// The same file twice changes nothing.
  ///
  /// - Parameters:
  ///   - items: what the file holds.
  ///   - time: the clock, in milliseconds.
  ///   - random: so many random bytes, for ids and keys.
  public func importItems(
    _ items: [ImportItem], at time: Int64, random: (Int) -> [UInt8]
  ) throws -> ImportReport {
    try store.transaction {
      var report = ImportReport()
      var ids: [Text: RecordID] = [:]
      // A millisecond each, so that their ids differ early and can be shortened.
      for (index, item) in items.enumerated() where item.problem == nil {
        ids[item.sourceID] =
          try imported(from: item.sourceID) ?? ImportFile.derivedID(kind: item.kind, sourceID: item.sourceID)
          ?? RecordID(milliseconds: time + Int64(index), random: random(10))
      }
      for item in items { try take(item, ids: ids, at: time, random: random, &report) }
      return report
    }
  }

  private func take(
    _ item: ImportItem, ids: [Text: RecordID], at time: Int64, random: (Int) -> [UInt8], _ report: inout ImportReport
  ) throws {
    guard item.problem == nil, let id = ids[item.sourceID] else {
      report.problems.append(.init(source: item.sourceID, reason: item.problem ?? "it has no id"))
      return
    }
    let isNew = try store.records.find(id)?.state.isEmpty ?? true
    do {
      guard let kind = Kinds.named(item.kind) else { throw FieldError("the kind '\(item.kind)' is not known") }
      let owner = Text(try settings.replica.member.description)
      let resolved = item.resolved { ids[$0] }
      guard resolved.problem == nil else {
        report.problems.append(.init(source: item.sourceID, reason: resolved.problem ?? ""))
        return
      }
      let change = try edit(id, kind: kind.name, at: time) { draft in
        var document = resolved.document
        if isNew, document["owner"] == nil { document["owner"] = .string(owner) }
        try RecordDocument.draft(
          document, kind: kind, into: &draft, itemKey: { ItemKey.make(random) }, updating: !isNew)
      }
      if isNew {
        report.added[kind.name, default: 0] += 1
      } else if change != nil {
        report.updated += 1
      } else {
        report.unchanged += 1
      }
    } catch let error as FieldError {
      report.problems.append(.init(source: item.sourceID, reason: error.message))
    } catch let error as ChangeError {
      report.problems.append(.init(source: item.sourceID, reason: error.description))
    } catch let error as ReplicaError {
      report.problems.append(.init(source: item.sourceID, reason: error.description))
    }
  }
}
