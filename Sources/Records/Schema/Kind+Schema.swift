package import JSON

/// The schemas of whole documents and changes, written from the table.
extension Kind {
  /// The schema of a document of this kind.
  ///
  /// - Parameters:
  ///   - use: whether it is read or written.
  ///   - notes: the schemas of members that are no fields, besides `record`.
  ///   - required: which of them must be there.
  package func document(_ use: SchemaUse, notes: JSONObject, required: [Text]) -> JSON {
    var members: JSONObject = ["record": ["const": .string(name)]]
    for note in notes { members[note.key] = note.value }
    for field in fields { members[field.name] = field.member(use) }
    var schema: JSONObject = [
      "type": "object", "title": .string(Text(label)), "properties": .object(members),
      "required": .array((["record"] + required).map { .string($0) }),
    ]
    if use == .written {
      schema["required"] = .array(required.map { .string($0) })
      schema["additionalProperties"] = false
    }
    return .object(schema)
  }

  /// The fields that a record of this kind must be given when it is made.
  package var requiredFields: [Text] { fields.filter { $0.presence == .required }.map(\.name) }

  /// What the operations of a change to a record of this kind keep to, beside the rules for all changes.
  package var operation: JSON {
    let names = fields.map { JSON.string($0.name) }
    let (lists, others) = (fields.filter { $0.rule == .list }, fields.filter { $0.rule != .list })
    let unplaced: JSON = ["enum": .array(others.map { .string($0.positionName) })]
    // A drop without a key at a field that nobody knows here is refused too.
    let keyless: JSON = [
      "required": ["drop"],
      "properties": ["drop": ["prefixItems": [["not": ["enum": .array(names)]]], "maxItems": 1]],
    ]
    return [
      "allOf": .array(fields.map(\.operation) + lists.map(\.positionOperation)),
      "not": ["anyOf": [keyless, Field.at(unplaced, "put"), Field.at(unplaced, "drop")]],
    ]
  }
}
