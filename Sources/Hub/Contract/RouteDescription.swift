package import JSON
import Records
import Sync

/// What one route takes and gives: the contract is written from it.
///
/// What follows from the route itself is not said again: its method and path, who may use it, the problems of all
/// routes and of all bodies, and the faults below the protocol.
struct RouteDescription: Sendable {
  /// A parameter of the path, of the query, or a header field.
  struct Parameter: Sendable {
    var name: Text
    var place: Text
    var schema: JSON
    var note: String?

    static func path(_ name: Text, _ schema: JSON) -> Parameter { Parameter(name: name, place: "path", schema: schema) }
    static func query(_ name: Text, _ schema: JSON, _ note: String? = nil) -> Parameter {
      Parameter(name: name, place: "query", schema: schema, note: note)
    }
    static func header(_ name: Text, _ schema: JSON, _ note: String? = nil) -> Parameter {
      Parameter(name: name, place: "header", schema: schema, note: note)
    }
  }

  /// What the route is for, in one sentence.
  var summary: String
  var parameters: [Parameter] = []
  /// The schema of the JSON body; `nil` if the route reads none.
  var body: JSON?
  /// Media types of the body besides JSON, with their schemas.
  var otherBodies: JSONObject = [:]
  /// The status of success.
  var status = 200
  /// The schema of the answer.
  var answer: JSON
  /// The media type of the answer.
  var answerType: Text = "application/json"
  /// Whether the answer waits for the store.
  var usesStore = true
  /// Whether the answer has an `ETag`, so that it may also be 304.
  var hasTag = false
  /// The codes with which the route refuses, besides those of all routes.
  var problems: [ProblemCode] = []
}

extension HubRoute {
  /// The parameters that the query of each route may have.
  static let queryNames: [HubRoute: Set<String>] = Dictionary(
    uniqueKeysWithValues: allCases.map { route in
      (route, Set(route.description.parameters.filter { $0.place == "query" }.map(\.name.string)))
    })

  /// The members that the JSON body of each route may have; none for records, whose fields are their own matter.
  package static let bodyNames: [HubRoute: Set<Text>] = Dictionary(
    uniqueKeysWithValues: allCases.compactMap { route in
      route.description.body?["properties"]?.object.map { (route, Set($0.map(\.key))) }
    })

  /// The codes that an answer of this route may bear.
  var problems: [ProblemCode] {
    var codes = description.problems
    if roles != nil { codes += [.unauthorized, .revoked, .badRequest] }
    if let roles, roles != Set(Role.allCases) { codes.append(.forbidden) }
    if takesBody { codes += [.badJSON, .wrongMediaType] }
    codes.append(.tooManyRequests)
    if description.usesStore { codes += [.busy, .storageFailed] }
    return ProblemCode.allCases.filter { codes.contains($0) }
  }

  /// Whether the contract has this answer: a status, and a code if it is a problem.
  package func answers(_ status: Int, code: String?) -> Bool {
    guard let code else { return status == description.status || status == 304 && description.hasTag }
    return problems.contains { $0.rawValue == code && $0.status == status }
  }
}
