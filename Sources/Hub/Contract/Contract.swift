package import JSON
import Records
import Sync

/// The hub's contract for machines: OpenAPI 3.1 and JSON Schemas, written from the tables that the code itself uses.
package enum Contract {
  /// The OpenAPI document.
  package static let openAPI: JSON = [
    "openapi": "3.1.0",
    "info": [
      "title": "PeaceSync hub", "version": .string(Text("\(protocolVersion)")), "summary": "A hub of the network.",
      "description": .string(about),
    ],
    "servers": [["url": "/"]], "paths": .object(paths),
    "components": [
      "schemas": .object(ContractSchemas.all), "securitySchemes": .object(securitySchemes), "headers": .object(headers),
      "responses": .object(refusals),
    ],
  ]

  private static let about: Text = """
    What the words mean, and all that a schema cannot say, stands in Protocol/README.md. HEAD is answered like GET. \
    Programs look at the code of a problem, and count one that they do not know by its status.
    """
  private static let problemType: Text = "application/problem+json"

  /// The schemas of single things by the names of their files.
  package static let files: [(name: String, schema: JSON)] =
    Kinds.all.map { ($0.name.string, standalone($0.posted, $0.postedDocument)) } + [
      ("change", standalone("Change", changeByKind)),
      ("state", standalone("State", ContractSchemas.all["State"] ?? false)),
      ("problem", standalone("Problem", Schema.any(Schema.ref("Problem"), Schema.ref("Fault")))),
    ]

  /// A change with the rules of the fields of the kinds that are known.
  private static var changeByKind: JSON {
    let rules = Kinds.all.map { kind -> JSON in
      [
        "if": ["properties": ["kind": ["const": .string(kind.name)]]],
        "then": ["properties": ["ops": ["items": kind.operation]]],
      ]
    }
    return ["allOf": .array([Schema.ref("Change")] + rules)]
  }

  // MARK: - Routes

  private static var paths: JSONObject {
    var paths = JSONObject()
    for route in HubRoute.allCases {
      let path = Text(route.path)
      var item = paths[path]?.object ?? [:]
      item[Text(route.method.lowercased())] = operation(route)
      paths[path] = .object(item)
    }
    return paths
  }

  private static func operation(_ route: HubRoute) -> JSON {
    let description = route.description
    var object: JSONObject = [
      "operationId": .string(Text("\(route)")), "summary": .string(Text(description.summary)),
      "responses": .object(responses(route, description)),
      "security": .array(
        Role.allCases.filter { route.roles?.contains($0) ?? false }.map { role in
          .object([Text(role.rawValue): []])
        }),
    ]
    if !description.parameters.isEmpty { object["parameters"] = .array(description.parameters.map(parameter)) }
    if let body = description.body {
      // Where the members are named, no others are taken.
      let schema = body["properties"] == nil ? body : Schema.with(body, ["additionalProperties": false])
      var content: JSONObject = ["application/json": ["schema": schema]]
      for other in description.otherBodies { content[other.key] = ["schema": other.value] }
      object["requestBody"] = ["required": true, "content": .object(content)]
    }
    return .object(object)
  }

  private static func parameter(_ parameter: RouteDescription.Parameter) -> JSON {
    var object: JSONObject = [
      "name": .string(parameter.name), "in": .string(parameter.place), "schema": parameter.schema,
    ]
    if parameter.place == "path" { object["required"] = true }
    object["description"] = parameter.note.map { .string(Text($0)) }
    return .object(object)
  }

  private static func responses(_ route: HubRoute, _ description: RouteDescription) -> JSONObject {
    let tag: JSONObject = description.hasTag ? ["ETag": headerRef("ETag")] : [:]
    var responses: JSONObject = [
      Text("\(description.status)"): answer(
        "It went well.", description.answer, type: description.answerType, headers: tag),
      "default": ["$ref": "#/components/responses/Fault"],
    ]
    if description.hasTag {
      responses["304"] = ["description": "The sender knows it already.", "headers": .object(tag)]
    }
    for (status, codes) in Dictionary(grouping: route.problems, by: \.status) {
      responses[Text("\(status)")] = ["$ref": .string(Text("#/components/responses/\(name(of: codes))"))]
    }
    return responses
  }

  /// The name of an answer that bears one of some codes.
  private static func name(of codes: [ProblemCode]) -> String { codes.map(\.rawValue).joined(separator: ".") }

  /// The answers with problems of all routes, each set of codes once.
  private static var refusals: JSONObject {
    var refusals: JSONObject = ["Fault": answer("A fault below this protocol.", Schema.ref("Fault"), type: problemType)]
    for route in HubRoute.allCases {
      for (status, codes) in Dictionary(grouping: route.problems, by: \.status) {
        refusals[Text(name(of: codes))] = refusal(codes, status)
      }
    }
    return refusals
  }

  private static func refusal(_ codes: [ProblemCode], _ status: Int) -> JSON {
    let text = codes.map { "\($0.rawValue): \($0.title)." }.joined(separator: " ")
    let ours: JSON = [
      "code": Schema.words(codes.map { Text($0.rawValue) }), "status": ["const": .int(Int64(status))],
    ]
    let schema: JSON = [
      "if": ["properties": ["code": ["pattern": "^http-"]]], "then": Schema.ref("Fault"),
      "else": ["allOf": [Schema.ref("Problem"), ["properties": ours]]],
    ]
    return answer(text, schema, type: problemType, headers: fields(of: status))
  }

  private static func fields(of status: Int) -> JSONObject {
    switch status {
    case 401: ["WWW-Authenticate": headerRef("WWW-Authenticate")]
    case 429, 503: ["Retry-After": headerRef("Retry-After")]
    default: [:]
    }
  }

  private static func answer(
    _ description: String, _ schema: JSON, type: Text = "application/json", headers: JSONObject = [:]
  ) -> JSON {
    var object: JSONObject = [
      "description": .string(Text(description)), "content": .object([type: ["schema": schema]]),
    ]
    if !headers.isEmpty { object["headers"] = .object(headers) }
    return .object(object)
  }

  // MARK: - Components

  private static func headerRef(_ name: String) -> JSON { ["$ref": .string(Text("#/components/headers/\(name)"))] }

  private static let headers: JSONObject = [
    "ETag": ["required": true, "schema": Schema.text(#""[0-9a-f]{16}""#)],
    "WWW-Authenticate": ["required": true, "schema": ["const": "Bearer"]],
    "Retry-After": ["required": true, "description": "seconds", "schema": Schema.integer(1...86_400)],
  ]

  /// One scheme for each role, so that a program can hold a token of each.
  private static let securitySchemes = JSONObject(
    Role.allCases.map { role in
      JSONMember(
        key: Text(role.rawValue),
        value: ["type": "http", "scheme": "bearer", "description": .string(Text("A token of a\(role.article)."))])
    })
}
