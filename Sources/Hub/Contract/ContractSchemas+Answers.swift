import HTTP
import JSON
import Records
import Sync

extension ContractSchemas {
  /// What stands in answers besides documents and pages (Protocol/README.md, 8.2 and 8.3).
  static let answers: JSONObject = [
    "Author": Schema.object(author),
    "Cell": Schema.object(
      JSONObject(author.members + (["at": Schema.ref("Path"), "value": Schema.ref("Value")] as JSONObject).members)),
    "Conflict": [
      "oneOf": [
        Schema.object([
          "at": Schema.ref("Place"), "what": ["const": "values"],
          "values": Schema.list(Schema.ref("Cell"), 2...Limits.cells),
        ]),
        Schema.object([
          "at": Schema.ref("Life"), "what": ["const": "deleted-and-edited"],
          "deletes": Schema.list(Schema.ref("Author")), "others": Schema.list(Schema.ref("Cell")),
        ]),
      ]
    ],
    "Restored": Schema.noted(
      Schema.object(
        [
          "seq": Schema.ref("Number"), "time": Schema.ref("Time"), "fate": ["const": "erased"],
          "restored": ["const": true],
        ], others: false), "The hub erased the record again when its log was put back from a copy."),
    "HistoryEntry": fate(
      [
        "replica": Schema.ref("Replica"), "n": Schema.ref("Number"), "seq": Schema.ref("Number"),
        "time": Schema.ref("Time"), "hash": Schema.ref("Hash"),
      ],
      optional: [
        "change": Schema.ref("Change"), "record": Schema.ref("Record"),
        "state": Schema.words(["current", "in-conflict", "superseded", "erased"]),
      ]),
    "PostResult": Schema.object(
      ["status": Schema.words(PostResult.Status.allCases.map { Text($0.rawValue) })],
      optional: [
        "id": Schema.ref("Record"), "etag": Schema.text(#""[0-9a-f]{16}""#), "replica": Schema.ref("Replica"),
        "n": Schema.ref("Number"),
        "code": Schema.words(ProblemCode.allCases.map { Text($0.rawValue) }), "detail": Schema.text(),
        "conflicts": Schema.list(Schema.ref("Conflict")),
      ]),
    "ReplicaLine": Schema.object(
      [
        "replica": Schema.ref("Replica"), "joined": Schema.ref("Time"),
        "behind": Schema.noted(Schema.ref("Count"), "all entries where 'cursor' is missing"),
      ],
      optional: [
        "contact": Schema.ref("Time"), "cursor": Schema.ref("Count"), "skew": ["type": "integer"],
        "pending": Schema.integer(), "rejected": Schema.integer(), "conflicts": Schema.integer(),
        "version": Schema.text(nil, 0...64), "trouble": Schema.text(), "former": Schema.ref("Replica"),
      ]),
    "Problem": problem(ProblemCode.allCases),
    "Fault": Schema.noted(fault, "A fault below this protocol."),
  ]

  private static let author: JSONObject = [
    "change": Schema.ref("Name"), "replica": Schema.ref("Replica"), "member": Schema.ref("Member"),
    "time": Schema.ref("Time"),
  ]

  /// A refusal (RFC 9457) with one of some codes.
  static func problem(_ codes: [ProblemCode]) -> JSON {
    Schema.object(
      [
        "type": ["const": "about:blank"], "title": Schema.text(), "status": Schema.integer(400...599),
        "code": Schema.words(codes.map { Text($0.rawValue) }), "detail": Schema.text(), "advice": Schema.text(),
        "protocol": ["const": .int(protocolVersion)], "hub": Schema.ref("Hub"),
      ],
      optional: ["own": Schema.ref("OwnPoint"), "expected": Schema.ref("Number")])
  }

  private static let fault = Schema.object(
    [
      "type": ["const": "about:blank"], "title": Schema.text(), "status": Schema.integer(400...599),
      "code": Schema.words(Set(HTTPFault.all.map(\.code)).sorted().map { Text($0) }),
    ],
    optional: ["detail": Schema.text()])
}

extension ProblemCode {
  /// Whether it refuses one change, in a result, and not a request.
  var isOfChange: Bool {
    switch self {
    case .badChange, .unknownOperation, .reservedName, .badNumber, .changeTooLarge, .recordTooLarge, .kindMismatch,
      .invalidField, .missingField, .badName:
      true
    default: false
    }
  }
}
