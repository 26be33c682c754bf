public import JSON
public import Sync

/// A record as people and programs see it: one JSON object with the fields in the order of the table.
///
/// `record` names the kind of the record (`event`, `contact`, `publication`), since `kind` is a field of its
/// own. Sets are arrays, references objects of `ref` and `role` (or the bare id where roles are rare), the
/// items of a list are in their order and carry their `key`. ``json(_:)`` writes a document,
/// ``draft(_:kind:into:itemKey:updating:)`` reads one.
public enum RecordDocument {
  /// Members that tell about a record and are no fields; a reader passes over them.
  static let notes: Set<Text> = ["id", "record", "deleted", "erased", "created", "updated", "by"]

  /// The document of a state, as it is shown; values that lost against a concurrent one are not in it.
  public static func json(_ state: RecordState) -> JSONObject {
    var document: JSONObject = ["id": .string(state.record.text), "record": .string(state.kind)]
    if state.isErased {
      document["erased"] = true
      return document
    }
    let kind = Kinds.named(state.kind)
    for field in kind?.fields ?? [] {
      document[field.name] = FieldJSON.member(FieldView(field.name, state), field)
    }
    for name in unknownFields(of: state, kind) where document[name] == nil {
      document[name] = unknown(name, state)
    }
    if state.isDeleted { document["deleted"] = true }
    return document
  }

  /// The fields with values that the table does not know, by their names.
  static func unknownFields(of state: RecordState, _ kind: Kind?) -> [Text] {
    let names = Set(state.cells.map(\.path).filter { $0 != .life && !$0.isPosition }.map(\.field))
    return names.filter { kind?.field($0) == nil && !notes.contains($0) }.sorted()
  }

  /// A field that only a newer version knows: its value, or for one with keys a list of keys and values.
  static func unknown(_ name: Text, _ state: RecordState) -> JSON? {
    let view = FieldView(name, state)
    let keys = view.itemKeys()
    if keys.isEmpty { return view.value() }
    let elements = keys.map { key -> JSON in ["key": .string(key), "value": view.value(key) ?? .null] }
    return .array((view.value().map { [["value": $0]] } ?? []) + elements)
  }
}
