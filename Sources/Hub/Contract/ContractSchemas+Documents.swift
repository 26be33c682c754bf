import JSON
import Records
import Sync

extension ContractSchemas {
  /// Documents as they are read and as they are posted (Protocol/README.md, 8.2 and 8.4).
  static let documents: JSONObject = {
    var schemas: JSONObject = [
      "Document": [
        "oneOf": .array(Kinds.all.map { Schema.ref($0.read) } + [Schema.ref("Erased"), Schema.ref("Other")])
      ],
      "PostedRecord": ["anyOf": .array(Kinds.all.map { Schema.ref($0.posted) })],
      "Erased": Schema.object(
        [
          "erased": ["const": true], "id": Schema.ref("Record"), "record": Schema.ref("Kind"),
          "seq": Schema.ref("Number"),
        ], others: false),
      "Other": Schema.object(
        [
          "id": Schema.ref("Record"), "seq": Schema.ref("Number"),
          "record": Schema.with(
            Schema.ref("Kind"), ["not": ["enum": .array(Kinds.all.map { .string($0.name) })]]),
        ], optional: readNotes),
    ]
    for kind in Kinds.all {
      schemas[Text(kind.read)] = kind.document(.stored, notes: notes(readNotes), required: ["id", "seq"])
      schemas[Text(kind.posted)] = kind.postedDocument
    }
    return schemas
  }()

  private static let readNotes: JSONObject = [
    "deleted": ["const": true], "conflicts": Schema.list(Schema.ref("Conflict"), 1...Limits.cells),
    "erased": Schema.nothing,
  ]

  private static func notes(_ others: JSONObject) -> JSONObject {
    JSONObject((["id": Schema.ref("Record"), "seq": Schema.ref("Number")] as JSONObject).members + others.members)
  }
}

extension Kind {
  /// The name of the schema of a document that is read: `Event`.
  var read: String { label.prefix(1).uppercased() + label.dropFirst() }
  /// The name of the schema of a document that is posted: `PostedEvent`.
  var posted: String { "Posted" + read }

  /// The schema of a document as another system posts it.
  ///
  /// Whether a member must be there depends on whether the record is new, so none is required.
  var postedDocument: JSON {
    var notes: JSONObject = ["id": Schema.ref("Record"), "deleted": ["type": ["boolean", "null"]]]
    // What stands in documents that were read is passed over.
    for note in PostedRecord.passedOver.sorted() { notes[note] = Schema.ref("Value") }
    let schema = Schema.with(
      document(.written, notes: notes, required: []),
      ["patternProperties": ["^x-[A-Za-z0-9_-]{0,62}$": Schema.ref("Value"), "^@": Schema.ref("Value")]])
    let required = requiredFields.map(\.string).joined(separator: ", ")
    return Schema.noted(schema, "A new one needs record, \(required).")
  }
}
