import Crypto
import HTTP
import Hub
import JSON
import Sync
import TestKit
import Testing

@Suite("Who may ask for what")
struct AccessTests {
  /// What each kind of asker gets from a route, in the order in which they ask.
  struct Row {
    var none = 401, unknown = 401, revoked = 401, other: Int, replica: Int, admin: Int
    /// What somebody who only reads gets, and another system of the member.
    var reader = 403, integrator = 403
    var target: String
    var body = ""
  }

  private static let record = Desk.record(1)
  private static let token = String(repeating: "ab", count: 32)

  private static func row(_ route: HubRoute, _ scribe: Scribe) throws -> Row? {
    switch route {
    case .health:
      return Row(
        none: 200, unknown: 200, revoked: 200, other: 200, replica: 200, admin: 200, reader: 200, integrator: 200,
        target: "/healthz")
    case .records:
      return Row(other: 200, replica: 200, admin: 200, reader: 200, integrator: 200, target: "/v1/records?limit=1")
    case .metrics:
      return Row(other: 403, replica: 403, admin: 200, reader: 200, integrator: 403, target: "/metrics")
    case .compact:
      return Row(other: 403, replica: 403, admin: 200, target: "/v1/compact", body: #"{"days":1}"#)
    case .backup:
      // A hub without a folder makes no copies.
      return Row(other: 403, replica: 403, admin: 403, target: "/v1/backup")
    case .openAPI:
      return Row(
        none: 200, unknown: 200, revoked: 200, other: 200, replica: 200, admin: 200, reader: 200, integrator: 200,
        target: "/v1/openapi.json")
    case .join:
      let body = Desk.joinBody("bogota-aaaaa", "new token", try scribe.desk.world.invite("bogota"))
      return Row(
        none: 200, unknown: 200, revoked: 200, other: 200, replica: 200, admin: 200, reader: 200, integrator: 200,
        target: "/v1/join", body: body)
    case .sync:
      return Row(other: 403, replica: 200, admin: 403, target: "/v1/sync", body: scribe.syncBody())
    case .pushChanges:
      let body = Scribe.batch([scribe.title(2, record, "two")])
      return Row(other: 409, replica: 200, admin: 403, target: "/v1/changes", body: body)
    case .readChanges:
      return Row(other: 200, replica: 200, admin: 200, reader: 200, integrator: 200, target: "/v1/changes?limit=5")
    case .identity:
      let body = #"{"replica":"bogota-bbbbb","token":"\#(token)"}"#
      return Row(other: 403, replica: 200, admin: 403, target: "/v1/identity", body: body)
    case .held:
      let body = #"{"changes":[{"replica":"\#(scribe.id)","n":1,"hash":"\#(token)"}]}"#
      return Row(other: 403, replica: 200, admin: 403, target: "/v1/held", body: body)
    case .states:
      let body = #"{"records":["\#(record)"]}"#
      return Row(other: 200, replica: 200, admin: 403, target: "/v1/states", body: body)
    case .record:
      return Row(other: 200, replica: 200, admin: 200, reader: 200, integrator: 200, target: "/v1/records/\(record)")
    case .history:
      return Row(
        other: 200, replica: 200, admin: 200, reader: 200, integrator: 200, target: "/v1/records/\(record)/history")
    case .change:
      return Row(
        other: 200, replica: 200, admin: 200, reader: 200, integrator: 200, target: "/v1/changes/\(scribe.id)/1")
    case .postRecords:
      let body = #"{"record":"event","title":"x","when":{"start":"2027-05-04"}}"#
      return Row(other: 403, replica: 403, admin: 403, reader: 403, integrator: 200, target: "/v1/records", body: body)
    case .conflicts:
      return Row(other: 200, replica: 200, admin: 200, reader: 200, integrator: 200, target: "/v1/conflicts")
    case .replicas:
      return Row(other: 200, replica: 200, admin: 200, reader: 200, integrator: 200, target: "/v1/replicas")
    case .revoke: return Row(other: 403, replica: 403, admin: 200, target: "/v1/replicas/\(scribe.id)/revoke")
    case .digest:
      return Row(other: 200, replica: 200, admin: 200, reader: 200, integrator: 200, target: "/v1/digest?buckets=1")
    case .members: return Row(other: 403, replica: 403, admin: 200, target: "/v1/members")
    case .addMember:
      return Row(other: 403, replica: 403, admin: 201, target: "/v1/members", body: #"{"member":"tripoli"}"#)
    case .invite:
      return Row(other: 403, replica: 403, admin: 201, target: "/v1/invites", body: #"{"member":"bogota"}"#)
    case .status: return Row(other: 403, replica: 403, admin: 200, target: "/v1/status")
    case .tokens: return Row(other: 403, replica: 403, admin: 200, target: "/v1/tokens")
    case .addToken:
      let body = #"{"role":"reader","label":"a screen in the hall"}"#
      return Row(other: 403, replica: 403, admin: 201, target: "/v1/tokens", body: body)
    case .revokeToken:
      let id = SHA256.hash(Array(scribe.token.utf8)).hex.prefix(12)
      return Row(other: 403, replica: 403, admin: 200, target: "/v1/tokens/\(id)/revoke")
    }
  }

  @Test(
    "every route answers each kind of asker as its row says, and a refused one changes nothing",
    arguments: HubRoute.allCases)
  func matrix(_ route: HubRoute) throws {
    let desk = try Desk()
    let (scribe, other, gone) = (
      try desk.scribe("bogota-7kq2m"), try desk.scribe("durban-7kq2m"), try desk.scribe("bogota-ggggg")
    )
    #expect(scribe.push(scribe.title(1, Self.record, "one")).status == 200)
    _ = try desk.hub.log.transaction { try desk.hub.directory.revoke(gone.id, now: 1) }
    let row = try #require(try Self.row(route, scribe), "a route without a row")
    let askers: [(name: String, token: String?, status: Int)] = [
      ("nobody", nil, row.none), ("a stranger", "a token of nobody", row.unknown), ("revoked", gone.token, row.revoked),
      ("a reader", try desk.token("reader"), row.reader),
      ("an integrator", try desk.token("integrator"), row.integrator),
      ("another member's", other.token, row.other), ("the replica", scribe.token, row.replica),
      ("the administrator", desk.admin, row.admin),
    ]
    for asker in askers {
      let before = try desk.stored()
      let request = Desk.http(route.method, row.target, token: asker.token, body: Array(row.body.utf8))
      let early = desk.router.precheck(request, tokens: try desk.hub.directory.tokens())
      let answer = desk.send(request)
      #expect(answer.status == asker.status, "\(route.rawValue) for \(asker.name): \(answer.json)")
      #expect((early?.status == 401) == (answer.status == 401), "the look ahead at \(route.rawValue), \(asker.name)")
      guard answer.status >= 400 else { continue }
      #expect(try desk.stored() == before, "\(route.rawValue) for \(asker.name) left something")
      #expect(answer.field("Content-Type") == "application/problem+json")
      #expect(answer.field("Cache-Control") == "no-store")
      #expect(answer.json["hub"] == .string(desk.hub.hub))
      #expect((answer.field("WWW-Authenticate") == "Bearer") == (answer.status == 401))
      if answer.status == 401 { #expect(answer.code == (asker.name == "revoked" ? "revoked" : "unauthorized")) }
      if asker.status == 403 { #expect(answer.code == "forbidden") }
    }
  }

  @Test("no body sets what is not its to set: a member too many refuses it", arguments: HubRoute.allCases)
  func strangeMembers(_ route: HubRoute) throws {
    let desk = try Desk()
    let scribe = try desk.scribe("bogota-7kq2m")
    #expect(scribe.push(scribe.title(1, Self.record, "one")).status == 200)
    let row = try #require(try Self.row(route, scribe))
    guard !row.body.isEmpty else { return }
    let token = row.admin < 300 ? desk.admin : row.replica < 300 ? scribe.token : try desk.token("integrator")
    let before = try desk.stored()
    for name in ["hub_seq", "acked", "admin", "Role", ""] {
      let body = #"{"\#(name)":"admin",\#(row.body.dropFirst())"#
      let answer = desk.send(Desk.http(route.method, row.target, token: token, body: Array(body.utf8)))
      if route == .postRecords {
        #expect(answer.json["refused"] == 1, "\(name)")
        #expect(answer.json["results"]?.array?[0]["code"] == "invalid-field", "\(name)")
      } else {
        #expect(answer.code == "bad-request", "\(route.rawValue) with \(name): \(answer.json)")
        #expect(answer.json["detail"]?.text?.string.contains("'\(name)'") == true, "\(answer.json)")
      }
    }
    #expect(try desk.stored() == before)
  }

  @Test("the members of a sync are those of the contract")
  func syncMembers() { #expect(HubRoute.bodyNames[.sync] == ReceivedSync.members) }

  @Test("HEAD is allowed where GET is, other methods and addresses are named in a problem")
  func methods() throws {
    let desk = try Desk()
    for route in HubRoute.allCases {
      let path = route.path.replacing("{id}", with: "\(Self.record)").replacing("{replica}", with: "bogota-7kq2m")
        .replacing("{n}", with: "1")
      let isRead = HubRoute.allCases.contains { $0.path == route.path && $0.method == "GET" }
      let head = desk.send(Desk.http("HEAD", path, token: desk.admin))
      #expect((head.status == 405) == !isRead, "HEAD \(path): \(head.status)")
      let answer = desk.send(Desk.http("DELETE", path, token: desk.admin))
      #expect(answer.status == 405)
      #expect(answer.code == "method-not-allowed")
      #expect(answer.field("Allow")?.contains(route.method) == true)
    }
    for path in ["/", "/v1", "/v1/", "/v1/sync/", "/v2/sync", "/v1/records/", "/v1/records/a/b", "/V1/SYNC"] {
      let answer = desk.get(path, token: desk.admin)
      #expect(answer.status == 404, "\(path)")
      #expect(answer.code == "not-found")
    }
  }

  @Test("of two tokens in one request neither counts, whichever is good")
  func twoTokens() throws {
    let desk = try Desk()
    let scribe = try desk.scribe("bogota-7kq2m")
    let values = ["Bearer \(scribe.token)", "Bearer \(desk.admin)", "Bearer of nobody", "Basic eDp5"]
    for (first, second) in [(0, 0), (0, 1), (1, 0), (0, 2), (2, 0), (0, 3), (3, 0)] {
      var request = Desk.http("GET", "/v1/digest", token: nil)
      for value in [values[first], values[second]] { request.fields.append(.init("Authorization", value)) }
      let answer = desk.send(request)
      #expect(answer.status == 400 && answer.code == "bad-request", "\(answer.json)")
      #expect(desk.router.precheck(request, tokens: try desk.hub.directory.tokens())?.status == 400)
    }
  }

  @Test("a token is taken from a well-formed bearer field and nowhere else")
  func bearer() throws {
    let desk = try Desk()
    let scribe = try desk.scribe("bogota-7kq2m")
    let good = ["Bearer \(scribe.token)", "bearer \(scribe.token)", "BEARER \(scribe.token)"]
    let bad = [
      scribe.token, "Bearer", "Bearer ", "Bearer  \(scribe.token)", "Bearer\t\(scribe.token)", "Basic \(scribe.token)",
      "Bearer \(scribe.token) ", "Bearer \(scribe.token),x", "Bearer \(String(repeating: "x", count: 300))",
    ]
    for (values, status) in [(good, 200), (bad, 401)] {
      for value in values {
        var request = Desk.http("GET", "/v1/digest", token: nil)
        request.fields.append(.init("Authorization", value))
        #expect(desk.send(request).status == status, "\(value)")
      }
    }
  }
}
