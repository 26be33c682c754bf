import JSON
public import Records
import Store
import Sync

extension LocalReplica {
  /// Imports a file in one transaction: every good item is taken, every bad one is named.
  ///
  /// The same file twice changes nothing. An item is known again by its id, or else by an id in its `sourceIds`, or else,
  /// if it has neither, by its title (and the time of an event).
  ///
  /// - Parameters:
  ///   - items: what the file holds.
  ///   - duplicates: what becomes of items whose records are here and say something else; `nil` updates those that are
  ///     known by an id, and refuses those that are known by their titles alone.
  ///   - isTrial: whether nothing is to be written.
  ///   - time: the clock, in milliseconds.
  ///   - random: so many random bytes, for ids and keys.
  public func importItems(
    _ items: [ImportItem], duplicates: DuplicateRule? = nil, isTrial: Bool = false, at time: Int64,
    random: @escaping (Int) -> [UInt8]
  ) throws -> ImportReport {
    struct Trial: Error { let report: ImportReport }
    do {
      return try store.transaction {
        var run = ImportRun(replica: self, duplicates: duplicates, time: time, random: random)
        let report = try run.take(items)
        if isTrial { throw Trial(report: report) }
        return report
      }
    } catch let trial as Trial {
      return trial.report
    }
  }
}
