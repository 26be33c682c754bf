import Records
import Replica
import Store
import Sync
import Terminal

/// What records are called, and how short their ids may be written here.
final class Titles {
  private let replica: LocalReplica
  private var known: [RecordID: String?] = [:]

  init(_ replica: LocalReplica) { self.replica = replica }

  /// What a record is called; `nil` if it is not here.
  func title(of id: RecordID) throws -> String? {
    if let title = known[id] { return title }
    let state = try replica.record(id)?.state
    let title = state.flatMap { $0.isEmpty ? nil : $0.isErased ? "(erased)" : RecordSummary.title(of: $0) }
    known[id] = .some(title)
    return title
  }

  /// The shortest form of an id that tells it from every other record here.
  ///
  /// - Parameters:
  ///   - id: the id.
  ///   - least: the fewest digits.
  func short(_ id: RecordID, least: Int = 0) throws -> String {
    var left = try max(least, replica.shortestPrefix(of: id))
    return String(
      id.description.prefix { character in
        if left == 0 { return false }
        if character != "-" { left -= 1 }
        return true
      })
  }

  /// A record as it is named in a sentence or a line: title and short id.
  func name(_ id: RecordID) throws -> String {
    guard let title = try title(of: id) else { return "\(id) (not here)" }
    return "\(TerminalSafe.ended(title)) (\(try short(id)))"
  }
}
