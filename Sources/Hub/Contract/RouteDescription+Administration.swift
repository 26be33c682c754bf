import JSON
import Records
import Sync

/// What the administrator asks for, and everybody.
extension RouteDescription {
  private static let member = Schema.object(["member": Schema.ref("Member")])

  private static let revoked = Schema.noted(
    Schema.list(Schema.ref("Replica")), "all whose tokens open nothing any more")
  private static let former = Schema.noted(
    Schema.list(Schema.ref("Replica")), "the ids from which it came whose tokens still open")

  static let health = RouteDescription(
    summary: "Tells that the hub serves.",
    answer: Schema.object(["status": ["const": "ok"], "hub": Schema.ref("Hub")]))

  static let openAPI = RouteDescription(
    summary: "Gives this document.",
    parameters: [.header("If-None-Match", Schema.text(), "ETags that are known")],
    answer: Schema.object(["openapi": Schema.text(), "info": ["type": "object"], "paths": ["type": "object"]]),
    usesStore: false, hasTag: true)

  static let replicas = RouteDescription(
    summary: "Lists the replicas.",
    answer: Schema.object(["replicas": Schema.list(Schema.ref("ReplicaLine"))]))

  static let revoke = RouteDescription(
    summary: "Shuts a replica out, with all whose ids came from it.",
    parameters: [.path("id", Schema.ref("Replica"))],
    answer: Schema.object([
      "revoked": Schema.ref("Replica"), "replicas": revoked, "former": former,
    ]), problems: [.badRequest, .notFound])

  static let members = RouteDescription(
    summary: "Lists the members.",
    answer: Schema.object([
      "members": Schema.list(
        Schema.object([
          "member": Schema.ref("Member"), "added": Schema.ref("Time"), "replicas": Schema.ref("Count"),
        ]))
    ]))

  static let addMember = RouteDescription(
    summary: "Adds a member.", body: member, status: 201, answer: member, problems: [.badRequest, .memberExists])

  static let invite = RouteDescription(
    summary: "Makes an invite for one replica of a member.",
    body: Schema.object(
      ["member": Schema.ref("Member")], optional: ["days": Schema.with(Schema.integer(1...90), ["default": 7])]),
    status: 201,
    answer: Schema.object(["invite": Schema.text(), "member": Schema.ref("Member"), "expires": Schema.ref("Time")]),
    problems: [.badRequest, .unknownMember])

  static let tokens = RouteDescription(
    summary: "Lists the tokens, but not what opens.",
    answer: Schema.object([
      "tokens": Schema.list(
        Schema.object(
          [
            "id": Schema.text(), "role": Schema.words(Role.allCases.map { Text($0.rawValue) }),
            "created": Schema.ref("Time"),
          ],
          optional: ["label": Schema.text(), "replica": Schema.ref("Replica"), "revoked": Schema.ref("Time")]))
    ]))

  static let addToken = RouteDescription(
    summary: "Makes a token for another system, a reader or an administrator.",
    body: Schema.with(
      Schema.object(
        [
          "role": Schema.words(["integrator", "reader", "admin"]),
          "label": Schema.text(#"[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+"#, 1...80),
        ],
        optional: ["member": Schema.noted([:], "the member whose system an integrator is")]),
      [
        "if": ["properties": ["role": ["const": "integrator"]]],
        "then": ["required": ["member"], "properties": ["member": Schema.ref("Member")]],
        "else": ["not": ["required": ["member"]]],
      ]),
    status: 201,
    answer: Schema.object(
      [
        "id": Schema.text(), "token": Schema.text(), "role": Schema.words(["integrator", "reader", "admin"]),
        "label": Schema.text(),
      ],
      optional: ["replica": Schema.ref("Replica"), "member": Schema.ref("Member")]),
    problems: [.badRequest, .unknownMember, .busy])

  static let revokeToken = RouteDescription(
    summary: "Takes a token back.", parameters: [.path("id", Schema.text())],
    answer: Schema.object(
      ["revoked": Schema.text()], optional: ["replicas": revoked, "former": former]),
    problems: [.notFound, .forbidden])

  static let status = RouteDescription(
    summary: "Tells how the hub and its replicas are.",
    answer: Schema.object([
      "hub": Schema.ref("Hub"), "version": Schema.text(), "protocol": ["const": .int(protocolVersion)],
      "time": Schema.ref("Time"), "head": Schema.ref("Count"), "digest": Schema.ref("Hash"),
      "records": Schema.ref("Count"), "conflicts": Schema.ref("Count"), "failedSyncs": Schema.ref("Count"),
      "replicas": Schema.list(Schema.ref("ReplicaLine")),
    ]))

  static let metrics = RouteDescription(
    summary: "Gives figures in Prometheus' text format.", answer: Schema.text(), answerType: "text/plain")

  static let backup = RouteDescription(
    summary: "Copies the hub's file, and answers when the copy is complete.", status: 201,
    answer: Schema.object(["file": Schema.text(), "head": Schema.ref("Count"), "bytes": Schema.ref("Count")]),
    problems: [.forbidden])

  static let compact = RouteDescription(
    summary: "Forgets bytes of changes that all replicas have read, some at a time.",
    body: Schema.object([:], optional: ["days": Schema.with(Schema.integer(0...36_500), ["default": 90])]),
    answer: Schema.object(
      [
        "pruned": Schema.ref("Count"), "more": ["type": "boolean"], "readByAll": Schema.ref("Count"),
        "head": Schema.ref("Count"),
      ], optional: ["hindmost": Schema.ref("Replica")]),
    problems: [.badRequest])
}
