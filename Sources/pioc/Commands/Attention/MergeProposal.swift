import JSON
import Records
import Replica
import Store
import Sync
import Terminal

/// The text that a conflict's values come to when they are brought together, or why there is none.
enum MergeProposal {
  /// A value to write, and the difference that it makes to what is shown now.
  case value(JSON, TextDifference)
  /// Why the values cannot be merged, and what to do instead.
  case none(String, advice: String)

  /// Whether the values of a conflict are such that they can be merged, if it is known what they started from.
  static func isPossible(_ conflict: Conflict, _ kind: Kind?) -> Bool {
    guard case .values(let path, let cells) = conflict else { return false }
    return texts(cells, kind?.field(path.field)) != nil
  }

  /// Merges the values of a conflict.
  init(_ conflict: Conflict, _ record: StoredRecord, _ replica: LocalReplica) throws {
    guard case .values(let path, let cells) = conflict else {
      self = .none("Whether a record is deleted cannot be merged.", advice: "Keep it or delete it: --keep or --delete.")
      return
    }
    guard let values = Self.texts(cells, Kinds.named(record.state.kind)?.field(path.field)) else {
      self = .none("Only texts can be merged.", advice: "Take one of the values with --take N, or write --value.")
      return
    }
    let start = try replica.commonValue(of: cells, in: record)
    let base: Text
    switch start {
    case .value(let value):
      guard let text = ConflictWords.text(value) else {
        self = .none(
          "The value that both started from is no text.", advice: "Take one with --take N, or write --value.")
        return
      }
      base = text
    case .nothing: base = ""
    case .unknown:
      self = .none(
        "The value that they started from is not known here (any more), so nothing says which words are new.",
        advice: "Take one of the values with --take N, or write what you want with --value.")
      return
    }
    self = Self.merge(cells, values, base)
  }

  private static func merge(_ cells: [Cell], _ values: [Text], _ base: Text) -> MergeProposal {
    switch TextMerge.merge(base: base, values) {
    case .merged(let merged):
      let difference = TextDifference(values[0], merged)
      if case .object(var object) = cells[0].value {
        object["text"] = .string(merged)
        return .value(.object(object), difference)
      }
      return .value(.string(merged), difference)
    case .overlapping(let places):
      let shown = places.prefix(3).map { place in
        [place.left, place.right].map { $0.isEmpty ? "nothing" : Phrase.quoted($0.string, columns: 40) }
          .joined(separator: " or ")
      }
      return .none(
        "The same words were changed on both sides: \(shown.joined(separator: "; "))\(places.count > 3 ? " …" : "").",
        advice: "Take one of the values with --take N, or write what you want with --value.")
    }
  }

  /// The texts of all cells, if all are texts that a person wrote; items of a list must be of one kind.
  private static func texts(_ cells: [Cell], _ field: Field?) -> [Text]? {
    switch field?.type {
    case .line, .lines: break
    case .parts where field?.rule == .list: break
    case nil: break
    default: return nil
    }
    let kinds = Set(cells.map { $0.value["kind"] ?? .null })
    let texts = cells.compactMap { ConflictWords.text($0.value) }
    return texts.count == cells.count && kinds.count == 1 ? texts : nil
  }
}
