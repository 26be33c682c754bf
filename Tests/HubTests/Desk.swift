import Crypto
import HTTP
import Hub
import JSON
import SQLite
import Store
import Sync
import TestKit

/// A hub without sockets, and replicas that write their requests by hand.
final class Desk {
  let world: TestWorld
  let validator = SchemaValidator(Contract.openAPI)
  /// The administrator's token.
  let admin = "the-administrator"

  init(members: [String] = ["bogota", "durban"]) throws {
    world = try TestWorld(members: members)
    let hash = SHA256.hash(Array(admin.utf8))
    try world.hub.log.transaction { try world.hub.directory.setAdminToken(hash, now: world.time) }
  }

  var hub: HubService { world.hub }
  var store: Store { world.hub.storeForInspection }
  var router: HubRouter { HubRouter(hub: hub.hub) }

  /// A replica that has joined.
  func scribe(_ id: String) throws -> Scribe {
    guard let replica = ReplicaID(Text(id)) else { throw TestError("'\(id)' is no replica's id") }
    let scribe = Scribe(desk: self, id: replica, token: "token-of-\(id)")
    let invite = try world.invite(replica.member.description)
    let answer = post("/v1/join", token: nil, Desk.joinBody(id, scribe.token, invite))
    guard answer.status == 200 else { throw TestError("could not join: \(answer.json)") }
    return scribe
  }

  /// A token of a role, made by the administrator for bogota.
  func token(_ role: String) throws -> String {
    let member = role == "integrator" ? #""member":"bogota","# : ""
    let answer = post("/v1/tokens", token: admin, #"{"role":"\#(role)",\#(member)"label":"of a test"}"#)
    guard let token = answer.json["token"]?.text?.string else { throw TestError("no token: \(answer.json)") }
    return token
  }

  static func joinBody(_ replica: String, _ token: String, _ invite: String) -> String {
    let hash = SHA256.hash(Array(token.utf8)).hex
    return #"{"protocol":1,"replica":"\#(replica)","token":"\#(hash)","invite":"\#(invite)"}"#
  }

  /// A record's id, the same for the same number.
  static func record(_ number: Int) -> RecordID {
    RecordID(UInt128(number) << 8 | 0x0190_a1b2_c3d4_7e5f_8a6b_0000_0000_0000 | UInt128(number & 0xFF))
  }

  static func http(
    _ method: String, _ target: String, token: String?, type: String? = "application/json", body: [UInt8] = []
  ) -> HTTPRequest {
    let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
    let query =
      parts.count < 2
      ? []
      : parts[1].split(separator: "&").map { pair -> (name: String, value: String) in
        let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
        return (sides[0], sides.count > 1 ? sides[1] : "")
      }
    var fields: [HTTPField] = []
    if let type { fields.append(HTTPField("Content-Type", type)) }
    if let token { fields.append(HTTPField("Authorization", "Bearer \(token)")) }
    return HTTPRequest(method: method, path: parts[0], query: query, fields: HTTPFields(fields), body: body)
  }

  func send(_ http: HTTPRequest) -> Answer {
    let response =
      switch router.read(http) {
      case .answer(let early): early
      case .request(let request): hub.handle([request])[0] ?? HTTPResponse(status: 204)
      }
    let answer = Answer(response)
    checkContract(answer, to: http)
    return answer
  }

  func get(_ target: String, token: String?) -> Answer {
    send(Desk.http("GET", target, token: token, type: nil))
  }

  @discardableResult
  func post(_ target: String, token: String?, _ body: String) -> Answer {
    send(Desk.http("POST", target, token: token, body: Array(body.utf8)))
  }

  /// A request that waits for others; the router must let it through.
  func waiting(_ http: HTTPRequest) throws -> HubRequest {
    guard case .request(let request) = router.read(http) else { throw TestError("the router refused \(http.path)") }
    return request
  }

  /// Everything that the hub has stored, but when it heard of whom.
  func stored() throws -> [String] {
    var lines = ["head \(hub.log.head)", "digest \(hub.log.digest)"]
    for table in ["setting", "replica", "record", "log", "verdict", "renamed", "member", "invite", "token"] {
      let statement = try store.connection.prepareOnce("SELECT * FROM \(table) ORDER BY 1, 2")
      defer { statement.reset() }
      while try statement.step() {
        let row = statement.row
        lines.append("\(table) \((0..<row.columnCount).map { row.value($0) })")
      }
    }
    return lines
  }

  /// The digest, summed up anew from the states.
  func summedDigest() throws -> Digest {
    var sum = Digest.zero
    try store.connection.rows("SELECT state FROM record") { sum = sum &+ SHA256.hash($0.bytes(0)) }
    return sum
  }
}
