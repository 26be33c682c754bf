import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// Finds the record that a person means by a beginning of its id.
struct Lookup {
  let replica: LocalReplica

  /// The record of a kind whose id begins so.
  func record(_ prefix: String, kind: Kind? = nil) throws -> StoredRecord {
    do {
      return try replica.find(prefix: prefix, kind: kind?.name)
    } catch ReplicaError.noSuchRecord(_) {
      throw try missing(prefix, kind)
    } catch ReplicaError.ambiguous(_, let ids) {
      let titles = Titles(replica)
      let names = try ids.prefix(4).map {
        "\(try titles.short($0)) (\(Self.clipped(try titles.title(of: $0) ?? "")))"
      }
      let many = ids.count > 10 ? "more than 10" : "\(ids.count)"
      throw Failure.usage(
        "'\(Self.clipped(prefix))' could be any of \(many) records.",
        "Type more of it: \(names.joined(separator: ", "))\(ids.count > 4 ? " …" : "").")
    }
  }

  private func missing(_ prefix: String, _ kind: Kind?) throws -> Failure {
    let shown = Self.clipped(prefix)
    let noun = kind?.label ?? "record"
    if kind != nil, let other = try? replica.find(prefix: prefix) {
      let label = Kinds.named(other.state.kind)?.label ?? other.state.kind.string
      return .usage(
        "'\(shown)' is not \(Phrase.one(noun)) but \(Phrase.one(label)).", "Use it with 'pioc \(label) …'.")
    }
    return .usage(
      "No \(noun) has an id that begins with '\(shown)'.",
      kind.map { "'pioc \($0.name) list' shows ids, and 'pioc search WORDS' finds them." }
        ?? "'pioc search WORDS' finds ids.")
  }

  private static func clipped(_ text: String) -> String { DisplayWidth.clip(TerminalSafe.line(text), to: 48) }
}
