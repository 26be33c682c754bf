import JSON
import Records
import Sync

/// What replicas ask for (Protocol/README.md, 7).
extension RouteDescription {
  private static let version: JSON = ["const": .int(protocolVersion)]
  private static let limit = Schema.integer(0...Int64(Limits.pageEntries))
  private static let wait = Schema.noted(
    Schema.integer(0...Int64(Limits.waitSeconds)), "for how many seconds the answer may be held until there is news")
  private static let offers = Schema.list(Schema.ref("Offer"), 0...Limits.batchChanges)
  private static let joined = Schema.object([
    "protocol": version, "hub": Schema.ref("Hub"), "replica": Schema.ref("Replica"), "member": Schema.ref("Member"),
  ])

  static let join = RouteDescription(
    summary: "Takes a replica in, by an invite.",
    body: Schema.object([
      "protocol": version, "replica": Schema.ref("Replica"), "token": Schema.ref("Hash"), "invite": Schema.text(),
    ]),
    answer: joined, problems: [.badRequest, .unsupportedProtocol, .badInvite, .forbidden, .replicaTaken])

  static let sync = RouteDescription(
    summary: "Takes own changes, and gives those of others.",
    body: Schema.object(
      [
        "protocol": version, "replica": Schema.ref("Replica"), "own": Schema.ref("Count"),
        "acknowledged": Schema.ref("OwnPoint"),
      ],
      optional: [
        "cursor": Schema.ref("Cursor"), "furthest": Schema.ref("Cursor"), "changes": offers, "limit": limit,
        "wait": wait, "report": Schema.noted([:], "'clock', 'conflicts', 'pending', 'rejected' and 'version'"),
      ]),
    answer: Schema.ref("Page"),
    problems: [
      .badRequest, .badCursor, .unsupportedProtocol, .batchTooLarge, .badChange, .forbidden, .gap, .forked,
      .historyChanged,
    ])

  static let pushChanges = RouteDescription(
    summary: "Takes own changes.", body: Schema.object(["changes": offers]), answer: Schema.ref("Page"),
    problems: [.badRequest, .batchTooLarge, .badChange, .forbidden, .gap, .forked])

  static let readChanges = RouteDescription(
    summary: "Gives what came after a cursor.",
    parameters: [
      .query("since", Schema.any(Schema.ref("Cursor"), ["const": ""]), "where to read on; left out at the beginning"),
      .query("limit", Schema.with(limit, ["default": 500])), .query("wait", Schema.with(wait, ["default": 0])),
    ],
    answer: Schema.ref("Page"), problems: [.badRequest, .badCursor])

  static let identity = RouteDescription(
    summary: "Gives a forked replica a new id and token.",
    body: Schema.object(["replica": Schema.ref("Replica"), "token": Schema.ref("Hash")]),
    answer: joined, problems: [.badRequest, .forbidden, .replicaTaken])

  static let held = RouteDescription(
    summary: "Tells which changes of the own member the hub holds, and with what fate.",
    body: Schema.object([
      "changes": Schema.list(
        Schema.object(["replica": Schema.ref("Replica"), "n": Schema.ref("Count"), "hash": Schema.ref("Hash")]),
        0...5_000)
    ]),
    answer: Schema.object([
      "protocol": version, "hub": Schema.ref("Hub"), "head": Schema.ref("Cursor"),
      "fates": Schema.list(Schema.orNull(Schema.ref("Result"))),
    ]),
    problems: [.badRequest, .forbidden])

  static let states = RouteDescription(
    summary: "Gives the states of some records, as many as fill a page.",
    body: Schema.object(["records": Schema.list(Schema.ref("Record"), 0...Limits.pageEntries)]),
    answer: Schema.ref("Page"), problems: [.badRequest])

  static let digest = RouteDescription(
    summary: "Gives the sum of all states, or its parts.",
    parameters: [
      .query("buckets", ["enum": ["1", "true", "0", "false", ""]], "'1': the 256 parts, by the last byte of the id"),
      .query("bucket", Schema.text("[0-9a-f]{2}"), "the records of one part"),
    ],
    answer: Schema.object(
      [
        "protocol": version, "hub": Schema.ref("Hub"), "head": Schema.ref("Cursor"), "digest": Schema.ref("Hash"),
      ],
      optional: [
        "buckets": Schema.list(Schema.ref("Hash"), 256...256),
        "records": Schema.list(Schema.object(["id": Schema.ref("Record"), "hash": Schema.ref("Hash")])),
      ]),
    problems: [.badRequest])
}
