import JSON
import Records
import Sync

/// The named schemas of the contract, in no order that matters.
enum ContractSchemas {
  static let all: JSONObject = JSONObject(
    names.members + changes.members + feed.members + documents.members + answers.members)

  private static let letters = "[A-Za-z][A-Za-z0-9_-]"
  /// Two to forty bytes where it stands alone; inside of others an expression counts no hyphens.
  private static let member = "[a-z0-9](?:-?[a-z0-9]){1,39}"
  private static let replica = member + "-[0-9abcdefghjkmnpqrstvwxyz]{5}"
  private static let number = decimal(upTo: Limits.largestInteger)

  /// Names, numbers and other small things (Protocol/README.md, 2).
  private static let names: JSONObject = [
    "Member": Schema.text(member, 2...40),
    "Replica": Schema.text(replica, 8...46),
    "Record": Schema.text("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    "Hub": Schema.text("[a-z0-9]{8,40}"),
    "Name": Schema.noted(Schema.text("\(replica):\(number):[0-9a-f]{16}", 27...80), "what a change is called for ever"),
    "Hash": Schema.text("[0-9a-f]{64}"),
    "Cursor": Schema.noted(
      Schema.text(#"[cs]1\.[a-z0-9]{8,40}\.(?:0|\#(number))\.[0-9a-f]{16}"#), "a point in the hub's log; opaque"),
    "Count": Schema.integer(0...Limits.largestInteger),
    "Number": Schema.integer(1...Limits.largestInteger),
    "Time": Schema.noted(Schema.integer(), "milliseconds since 1970-01-01T00:00:00Z"),
    "Kind": Schema.text("\(letters){0,\(Limits.kindBytes - 1)}"),
    "Value": Schema.noted(
      [
        "type": ["null", "boolean", "integer", "string", "array", "object"], "minimum": .int(-Limits.largestInteger),
        "maximum": .int(Limits.largestInteger), "items": Schema.ref("Value"),
        "additionalProperties": Schema.ref("Value"),
      ], "any JSON, but of numbers only integers, spelled without fraction and exponent"),
    "Life": Schema.tuple(["const": .string(Path.life.field)]),
    "Place": Schema.any(
      Schema.tuple(Schema.text(field)), Schema.tuple(Schema.text("(?:\(field))(?:@position)?"), key)),
    "Path": Schema.any(Schema.ref("Place"), Schema.ref("Life")),
    "OwnPoint": Schema.object(["hash": Schema.ref("Hash"), "n": Schema.ref("Count")]),
  ]

  private static let field = "\(letters){0,\(Limits.fieldBytes - 1)}"
  private static let key = Schema.text(#"[^\x00-\x1f\x7f]+"#, 1...Limits.keyBytes)
  private static let over: JSONObject = ["over": Schema.list(Schema.ref("Name"), 0...Limits.overNames)]

  /// Changes, and what they hold (Protocol/README.md, 3 and 4.4).
  private static let changes: JSONObject = [
    "LifeValue": Schema.any(["const": "alive"], Schema.ref("Delete")),
    "Delete": Schema.object(["deleted": Schema.ref("SeenCells")], others: false),
    "SeenCells": [
      "type": "object", "propertyNames": Schema.ref("Name"), "additionalProperties": Schema.list(Schema.ref("Path")),
    ],
    "Operation": Schema.any(
      Schema.object(["put": Schema.ref("Place"), "value": Schema.ref("Value")], optional: over, others: false),
      Schema.object(["put": Schema.ref("Life"), "value": Schema.ref("LifeValue")], optional: over, others: false),
      Schema.object(["drop": Schema.ref("Place")], optional: over, others: false),
      Schema.object(["erase": ["const": true]], others: false)),
    "Change": change,
    "Void": Schema.object([
      "void": Schema.object(
        [
          "hash": Schema.ref("Hash"), "n": Schema.ref("Number"), "record": Schema.ref("Record"),
          "replica": Schema.ref("Replica"),
        ], optional: ["was": Schema.ref("Name")])
    ]),
    "Offer": Schema.any(Schema.ref("Change"), Schema.ref("Void")),
  ]

  private static var change: JSON {
    let alone: JSON = [
      "anyOf": [
        ["required": ["erase"]],
        ["properties": ["put": Schema.ref("Life"), "value": ["type": "object"]], "required": ["put"]],
      ]
    ]
    let operations = Schema.with(
      Schema.list(Schema.ref("Operation"), 1...Limits.operations),
      ["if": ["minItems": 2], "then": ["items": ["not": alone]]])
    var others: JSONObject = ["was": Schema.ref("Name"), "void": Schema.nothing]
    for name in ChangeEnvelope.reserved.sorted() { others[name] = Schema.nothing }
    return Schema.object(
      [
        "at": Schema.ref("Time"), "kind": Schema.ref("Kind"), "n": Schema.ref("Number"), "ops": operations,
        "record": Schema.ref("Record"), "replica": Schema.ref("Replica"),
      ], optional: others, others: Schema.ref("Value"))
  }

  /// States and pages (Protocol/README.md, 4.8, 6 and 7.4).
  private static let feed: JSONObject = [
    "State": Schema.any(
      Schema.object(
        [
          "cells": Schema.list(
            Schema.tuple(stateField, stateKey, Schema.ref("Count"), Schema.ref("Value"))),
          "kind": Schema.ref("Kind"),
          "names": Schema.list(
            Schema.tuple(
              Schema.ref("Replica"), Schema.ref("Number"), Schema.text("[0-9a-f]{16}"), Schema.ref("Time"))),
          "record": Schema.ref("Record"),
        ],
        optional: ["awaited": Schema.list(Schema.tuple(stateField, stateKey, Schema.ref("Name")))], others: false),
      Schema.object(
        ["erased": ["const": true], "kind": Schema.ref("Kind"), "record": Schema.ref("Record")], others: false)),
    "Result": fate(["n": Schema.ref("Number")]),
    "Entry": Schema.with(
      Schema.object(
        ["seq": Schema.ref("Count"), "time": Schema.ref("Time")],
        optional: [
          "change": Schema.ref("Change"), "own": Schema.ref("OwnPoint"), "state": Schema.ref("State"),
          "erasure": Schema.object(["kind": Schema.ref("Kind"), "record": Schema.ref("Record")]),
          "withdrawal": Schema.ref("Record"),
        ]),
      ["oneOf": .array((["change", "own", "state", "erasure", "withdrawal"] as [JSON]).map { ["required": [$0]] })]),
    "Page": Schema.object([
      "protocol": ["const": .int(protocolVersion)], "hub": Schema.ref("Hub"), "time": Schema.ref("Time"),
      "own": Schema.ref("OwnPoint"), "head": Schema.ref("Cursor"), "results": Schema.list(Schema.ref("Result")),
      "cursor": Schema.ref("Cursor"), "more": ["type": "boolean"], "entries": Schema.list(Schema.ref("Entry")),
    ]),
  ]

  private static let stateField = Schema.text("(?:\(field))(?:@position)?|@life")
  private static let stateKey = Schema.orNull(key)

  /// An expression for the numbers from 1 to a limit, which must have two digits or more.
  static func decimal(upTo limit: Int64) -> String {
    let digits = Array("\(limit)")
    var forms = ["[1-9][0-9]{0,\(digits.count - 2)}", String(digits)]
    for (index, digit) in digits.enumerated() {
      guard let value = digit.wholeNumberValue, value > (index == 0 ? 1 : 0) else { continue }
      let rest = digits.count - index - 1
      forms.append(
        String(digits[..<index]) + "[\(index == 0 ? 1 : 0)-\(value - 1)]" + (rest > 0 ? "[0-9]{\(rest)}" : ""))
    }
    return "(?:\(forms.joined(separator: "|")))"
  }

  /// What became of a change, with the members that name it.
  static func fate(_ required: JSONObject, optional: JSONObject = [:]) -> JSON {
    let duplicate: JSONObject = ["duplicate": ["const": true]]
    let place: JSONObject = ["seq": Schema.ref("Number"), "time": Schema.ref("Time")]
    let codes = ProblemCode.allCases.filter(\.isOfChange).map { Text($0.rawValue) }
    let reason: JSONObject = ["code": Schema.words(codes), "detail": Schema.text()]
    func form(_ fate: Text, _ more: JSONObject = [:]) -> JSON {
      let members = more.filter { required[$0.key] == nil }
      return Schema.object(
        JSONObject(required.members + [JSONMember(key: "fate", value: ["const": .string(fate)])] + members),
        optional: JSONObject(duplicate.members + optional.members))
    }
    return ["oneOf": [form("applied", place), form("rejected", reason), form("void"), form("erased", place)]]
  }
}
