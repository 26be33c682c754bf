import Foundation
import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// Finds the record that a person means: by the beginning of its id, or by its title.
struct Lookup {
  let replica: LocalReplica

  /// The record that a word means.
  ///
  /// An id may be cut to any beginning that is clear, a title to any beginning of it; case, accents and invisible
  /// characters of a title make no difference. What could be several records names them and takes none.
  ///
  /// - Parameters:
  ///   - word: what was typed.
  ///   - kind: the kind that it must be of; `nil` for any.
  ///   - prefersDeleted: whether a deleted record is meant rather than a live one of the same title.
  func record(_ word: String, kind: Kind? = nil, prefersDeleted: Bool = false) throws -> StoredRecord {
    let word = word.trimmingCharacters(in: .whitespacesAndNewlines)
    var candidates: [RecordID]
    do {
      let record = try replica.find(prefix: word, kind: kind?.name)
      // Some titles, such as "Decade" or "2027", read as ids too.
      let titled = try exactly(word, kind).filter { $0 != record.state.record }
      if titled.isEmpty || word.utf8.count > 12 { return record }
      candidates = [record.state.record] + titled
    } catch ReplicaError.noSuchRecord(_) {
      candidates = try entitled(word, kind, prefersDeleted)
    } catch ReplicaError.ambiguous(_, let ids) {
      candidates = ids
    }
    guard let first = candidates.first else { throw try missing(word, kind, prefersDeleted) }
    if candidates.count > 1 { throw try ambiguous(word, candidates) }
    guard let record = try replica.record(first) else { throw try missing(word, kind, prefersDeleted) }
    return record
  }

  // MARK: Titles

  /// The records whose whole title a word is.
  private func exactly(_ word: String, _ kind: Kind?) throws -> [RecordID] {
    try replica.entitled(word, kind: kind?.name).filter(\.isWhole).map(\.id)
  }

  /// The records that a title means: all of it or its beginning, live or deleted, the nearer before the farther.
  private func entitled(_ word: String, _ kind: Kind?, _ prefersDeleted: Bool) throws -> [RecordID] {
    let found = try replica.entitled(word, kind: kind?.name)
    let groups = [
      found.filter { $0.isWhole && $0.isDeleted == prefersDeleted },
      found.filter { $0.isWhole && $0.isDeleted != prefersDeleted },
      found.filter { $0.isDeleted == prefersDeleted }, found,
    ]
    return groups.first { !$0.isEmpty }?.map(\.id) ?? []
  }

  // MARK: What cannot be found

  private func ambiguous(_ word: String, _ ids: [RecordID]) throws -> Failure {
    let many = ids.count > Self.most ? "more than \(Self.most)" : "\(ids.count)"
    var failure = Failure.usage(
      "'\(Self.clipped(word))' could be any of \(many) records.", "Type more of it, or the id.")
    failure.choices = try choices(ids)
    return failure
  }

  /// The candidates, as lists show them.
  private func choices(_ ids: [RecordID]) throws -> Table {
    let titles = Titles(replica)
    var table = Table(columns: [.init("ID"), .init("KIND"), .init("WHEN OR WHO", weight: 2), .init("TITLE", weight: 3)])
    for id in ids.prefix(Self.most) {
      let summary = try replica.record(id).map { RecordSummary.of($0.state) }
      let label = Kinds.named(summary?.kind ?? "")?.label ?? ""
      table.add([try titles.short(id), label, summary?.subtitle ?? "", summary?.title ?? ""])
    }
    return table
  }

  /// How many candidates are named.
  private static let most = 10

  private func missing(_ word: String, _ kind: Kind?, _ isDeleted: Bool) throws -> Failure {
    let shown = Self.clipped(word)
    let noun = kind?.label ?? "record"
    let command = kind.map { "\($0.name) list" } ?? "list"
    if kind != nil, let other = try? Lookup(replica: replica).record(word) {
      let label = Kinds.named(other.state.kind)?.label ?? other.state.kind.string
      return .usage(
        "'\(shown)' is not \(Phrase.one(noun)) but \(Phrase.one(label)).", "Use it with 'pioc \(label) …'.")
    }
    let near = try replica.search(word, limit: Int64(Self.most)).filter { kind == nil || $0.kind == kind?.name }
    if !near.isEmpty {
      var failure = Failure.usage(
        "No \(noun) has an id or a title that begins with '\(shown)'.", "If it is one of these, type its id.")
      failure.choices = try choices(near.map(\.id))
      return failure
    }
    return .usage(
      "No \(noun) has an id or a title that begins with '\(shown)'.",
      isDeleted
        ? "'pioc \(command) --deleted' shows those that can be brought back."
        : "'pioc \(command)' shows ids, and 'pioc search WORDS' finds them." + (try refused()))
  }

  /// Where else to look: a record whose only change the hub refused is in no list.
  private func refused() throws -> String {
    try replica.rejectedCount() == 0 ? "" : " What the hub refused is not in them: see 'pioc rejected'."
  }

  private static func clipped(_ text: String) -> String { DisplayWidth.clip(TerminalSafe.line(text), to: 48) }
}
