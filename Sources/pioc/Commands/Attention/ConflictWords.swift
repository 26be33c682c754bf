import JSON
import Records
import Replica
import Store
import Sync

/// What is said about a conflict in a line: where it is, who takes part, and since when; and the document for programs.
enum ConflictWords {
  /// Where a conflict is, for a person.
  static func place(_ conflict: Conflict, _ kind: Kind?) -> String {
    conflict.path == .life ? "Deleted or not" : PathWords.place(conflict.path, kind)
  }

  /// Who takes part in a conflict, each member once.
  static func members(_ conflict: Conflict) -> [String] {
    Set(cells(conflict).map(\.name.replica.member)).sorted().map(\.description)
  }

  /// Since when there has been a conflict: when the second of its values was written.
  static func since(_ conflict: Conflict) -> Int64 {
    switch conflict {
    case .values(_, let cells): cells.map(\.time).sorted().dropFirst().first ?? 0
    case .life(let deletes, let others):
      max(deletes.map(\.time).min() ?? 0, others.map(\.time).min() ?? 0)
    }
  }

  /// The text of a value that consists of words.
  static func text(_ value: JSON) -> Text? { value.text ?? value["text"]?.text }

  /// A record's conflicts for programs: as the hub tells them, with the field, the age, and what they started from.
  static func json(_ record: StoredRecord, _ replica: LocalReplica, now: Int64) throws -> JSON {
    let kind = Kinds.named(record.state.kind)
    let conflicts = try record.state.conflicts().map { conflict -> JSON in
      var object = conflict.json.object ?? [:]
      object["field"] = .string(Text(kind?.field(conflict.path.field)?.option ?? conflict.path.field.string))
      object["members"] = .array(members(conflict).map { .string(Text($0)) })
      object["since"] = .int(since(conflict))
      object["ageSeconds"] = .int(max(0, (now - since(conflict)) / 1_000))
      if case .values(_, let cells) = conflict {
        switch try replica.commonValue(of: cells, in: record) {
        case .value(let value): object["base"] = ["known": true, "value": value]
        case .nothing: object["base"] = ["known": true, "value": .null]
        case .unknown: object["base"] = ["known": false]
        }
      }
      return .object(object)
    }
    return [
      "id": .string(record.state.record.text), "record": .string(record.state.kind),
      "title": .string(Text(RecordSummary.title(of: record.state))), "conflicts": .array(conflicts),
    ]
  }

  private static func cells(_ conflict: Conflict) -> [Cell] {
    switch conflict {
    case .values(_, let cells): cells
    case .life(let deletes, let others): deletes + others
    }
  }
}
