import Crypto
import HTTP
import JSON
import Store
import Sync

extension HubService {
  /// What a replica asks for besides syncing.
  func replicaCall(_ route: HubRoute, _ body: JSONObject, from replica: ReplicaID) throws -> HTTPResponse {
    switch route {
    case .identity: return try identity(body, from: replica)
    case .held: return try held(body, from: replica)
    case .states: return try states(body, from: replica)
    default: throw HubRefusal(.notFound, "there is no such address")
    }
  }

  /// `POST /v1/join`: an invite, a replica id and the hash of the token that the replica made itself.
  func join(_ body: JSONObject) throws -> HTTPResponse {
    guard body["protocol"] == .int(protocolVersion) else {
      throw HubRefusal(.unsupportedProtocol, "this hub speaks version \(protocolVersion) of the protocol")
    }
    guard let replica = body["replica"]?.text.flatMap({ ReplicaID($0) }), let token = Self.digest(body["token"]),
      let invite = body["invite"]?.text
    else { throw HubRefusal(.badRequest, "'replica', 'token' or 'invite' is missing or not well-formed") }
    try directory.join(replica, token: token, invite: SHA256.hash(invite.bytes), now: clock())
    return HubAnswer.json([
      "protocol": .int(protocolVersion), "hub": .string(hub), "replica": .string(replica.text),
      "member": .string(replica.member.text),
    ])
  }

  /// `POST /v1/identity`: a new id and token for a replica that found itself forked.
  private func identity(_ body: JSONObject, from replica: ReplicaID) throws -> HTTPResponse {
    guard let new = body["replica"]?.text.flatMap({ ReplicaID($0) }), let token = Self.digest(body["token"]) else {
      throw HubRefusal(.badRequest, "'replica' or 'token' is missing or not well-formed")
    }
    try directory.reidentify(replica, as: new, token: token, now: clock())
    return HubAnswer.json([
      "protocol": .int(protocolVersion), "hub": .string(hub), "replica": .string(new.text),
      "member": .string(new.member.text),
    ])
  }

  /// `POST /v1/held`: which of a member's changes the hub holds, and with what fate.
  private func held(_ body: JSONObject, from replica: ReplicaID) throws -> HTTPResponse {
    guard let list = body["changes"]?.array, list.count <= 5_000 else {
      throw HubRefusal(.badRequest, "'changes' is not a list of at most 5000 dots")
    }
    let fates = try list.map { item -> JSON in
      guard let owner = item["replica"]?.text.flatMap({ ReplicaID($0) }), let point = OwnPoint(item) else {
        throw HubRefusal(.badRequest, "a dot lacks its replica, n or hash")
      }
      guard owner.member == replica.member else { throw HubRefusal(.forbidden, "a dot is another member's") }
      guard let number = try store.replicas.find(owner),
        let row = try store.log.row(replica: number, n: point.n), row.hash == point.hash
      else { return .null }
      return FateReport(n: point.n, fate: try log.fate(of: row), isDuplicate: true).json
    }
    return HubAnswer.json([
      "protocol": .int(protocolVersion), "hub": .string(hub), "head": .string(log.head.text), "fates": .array(fates),
    ])
  }

  /// `POST /v1/states`: the states of some records, for a replica that repairs itself; as many as fill a page.
  private func states(_ body: JSONObject, from replica: ReplicaID) throws -> HTTPResponse {
    guard let list = body["records"]?.array, list.count <= Limits.pageEntries else {
      throw HubRefusal(.badRequest, "'records' is not a list of at most \(Limits.pageEntries) ids")
    }
    var page = FeedWriter()
    for item in list where page.bytes.count < Limits.pageBytes {
      guard let id = item.text.flatMap({ RecordID($0) }) else {
        throw HubRefusal(.badRequest, "'records' holds something that is not a UUID")
      }
      guard let record = try log.record(id) else {
        page.withdrawal(seq: log.head.seq, time: clock(), record: id)
        continue
      }
      let time = try store.log.row(record.seq)?.time ?? 0
      if record.state.isErased {
        page.erasure(seq: record.seq, time: time, record: id, kind: record.state.kind)
      } else {
        page.state(seq: record.seq, time: time, record.state.canonicalBytes())
      }
    }
    return HubAnswer.json(
      SyncAnswer.bytes(
        hub: hub, time: clock(), own: try log.held(of: replica), head: log.head, results: [], page: page,
        cursor: log.head, hasMore: false))
  }

  static func digest(_ json: JSON?) -> Digest? { json?.text.flatMap { Digest(hex: $0.bytes) } }
}
