import JSON
import Records
import Sync

/// What readers and other systems ask for (Protocol/README.md, 8.2 and 8.4).
extension RouteDescription {
  private static let limit = Schema.with(Schema.integer(0...1_000), ["default": 100])

  static let postRecords = RouteDescription(
    summary: "Takes plain records of another system, and writes what it changed in them.",
    parameters: [
      .query(
        "dry_run", ["enum": ["true", "false", "1", "0", ""]], "'true': says what would happen, and writes nothing"),
      .header("If-Match", Schema.text(), "the ETag of the one record that is sent"),
      .header("Idempotency-Key", Schema.text(#"[\x21-\x7e]{1,200}"#), "makes it safe to send the request again"),
    ],
    body: Schema.any(
      Schema.ref("PostedRecord"), Schema.list(Schema.ref("PostedRecord"), 0...PostedRecords.most)),
    otherBodies: ["application/x-ndjson": Schema.noted(Schema.text(), "one record on each line, at most 100,000")],
    answer: Schema.object([
      "hub": Schema.ref("Hub"), "head": Schema.ref("Cursor"), "dry_run": ["type": "boolean"],
      "created": Schema.ref("Count"), "updated": Schema.ref("Count"), "unchanged": Schema.ref("Count"),
      "conflict": Schema.ref("Count"), "refused": Schema.ref("Count"), "results": Schema.list(Schema.ref("PostResult")),
    ]),
    problems: [.badRequest, .batchTooLarge, .preconditionFailed, .keyReused])

  static let record = RouteDescription(
    summary: "Gives a record as a document.",
    parameters: [
      .path("id", Schema.ref("Record")),
      .header("If-None-Match", Schema.text(), "ETags that are known; the answer is 304 if the record's is one of them"),
    ],
    answer: Schema.ref("Document"), hasTag: true, problems: [.badRequest, .notFound])

  static let records = RouteDescription(
    summary: "Lists records in the order in which they changed last.",
    parameters: [
      .query("kind", Schema.words(Kinds.all.map(\.name))),
      .query(
        "text", Schema.text(nil, 0...RecordQuery.mostTextBytes),
        "at most \(RecordQuery.mostTerms) words that a record holds, all of them, whatever their case and accents"),
      .query("member", Schema.ref("Member"), "who wrote a value of it"),
      .query("conflicts", ["enum": ["true", "false"]], "'true': only those in conflict"),
      .query("deleted", ["enum": ["true", "false"]], "'true': deleted and erased ones too"),
      .query("updated_since", Schema.ref("Count"), "milliseconds since 1970"),
      .query("cursor", Schema.ref("Cursor"), "where to go on; left out at the beginning"), .query("limit", limit),
      .header("If-None-Match", Schema.text(), "ETags that are known"),
    ],
    answer: Schema.object([
      "records": Schema.list(Schema.ref("Document"), 0...1_000), "cursor": Schema.ref("Cursor"),
      "more": ["type": "boolean"],
    ]),
    hasTag: true, problems: [.badRequest, .badCursor])

  static let history = RouteDescription(
    summary: "Gives the changes to a record, newest first.",
    parameters: [
      .path("id", Schema.ref("Record")), .query("cursor", Schema.ref("Cursor"), goOn), .query("limit", limit),
    ],
    answer: page(
      [
        "id": Schema.ref("Record"),
        "changes": Schema.list(Schema.any(Schema.ref("HistoryEntry"), Schema.ref("Restored")), 0...1_000),
      ], cursor: Schema.ref("Cursor")),
    problems: [.badRequest, .badCursor, .notFound])

  static let change = RouteDescription(
    summary: "Tells what became of a change.",
    parameters: [.path("replica", Schema.ref("Replica")), .path("n", Schema.ref("Number"))],
    answer: Schema.ref("HistoryEntry"), problems: [.badRequest, .notFound])

  static let conflicts = RouteDescription(
    summary: "Lists the records in conflict.",
    parameters: [.query("cursor", Schema.noted(Schema.text(nil, 1...80), "opaque"), goOn), .query("limit", limit)],
    answer: page(
      [
        "total": Schema.ref("Count"),
        "records": Schema.list(
          Schema.object([
            "id": Schema.ref("Record"), "record": Schema.ref("Kind"), "title": Schema.text(),
            "seq": Schema.ref("Number"), "conflicts": Schema.list(Schema.ref("Conflict"), 1...Limits.cells),
          ]), 0...1_000),
      ], cursor: Schema.noted(Schema.text(nil, 1...80), "opaque")),
    problems: [.badRequest, .badCursor])

  private static let goOn = "the one of the page before; left out at the beginning"

  /// A page of a list, which has a cursor where there is more.
  private static func page(_ members: JSONObject, cursor: JSON) -> JSON {
    let last: JSON = ["properties": ["more": ["const": false], "cursor": Schema.nothing]]
    let other: JSON = ["properties": ["more": ["const": true]], "required": ["cursor"]]
    return Schema.with(
      Schema.object(
        JSONObject(members.members + [JSONMember(key: "more", value: ["type": "boolean"])]),
        optional: ["cursor": cursor]),
      ["oneOf": [last, other]])
  }
}
