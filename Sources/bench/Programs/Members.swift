import JSON
import Sync

/// Lets replicas of one member join a hub.
struct Members {
  private let client: RawClient
  private let adminToken: String

  init(port: UInt16, adminToken: String) throws {
    client = try RawClient(port: port)
    self.adminToken = adminToken
  }

  /// Lets a replica join; its token.
  func join(_ id: ReplicaID) throws -> String {
    let token = "token-of-\(id)"
    let body: JSON = [
      "invite": .string(Text(try invite())), "protocol": .int(protocolVersion), "replica": .string(id.text),
      "token": .string(Text(tokenHash(token))),
    ]
    _ = try client.send("POST", "/v1/join", token: nil, body: body.write())
    return token
  }

  /// An invite for one replica.
  func invite() throws -> String {
    let member = Array("{\"member\":\"bench\"}".utf8)
    let members = try JSON.parse(try client.send("GET", "/v1/members", token: adminToken))
    if members["members"]?.array?.isEmpty ?? true {
      _ = try client.send("POST", "/v1/members", token: adminToken, body: member)
    }
    let answer = try client.send("POST", "/v1/invites", token: adminToken, body: member)
    return try JSON.parse(answer)["invite"]?.text?.string ?? ""
  }
}
