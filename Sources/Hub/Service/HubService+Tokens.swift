import Crypto
import HTTP
import JSON
import Store
import Sync

extension HubService {
  /// Makes a token that an administrator hands to somebody; it is shown this once and kept as its hash.
  func addToken(_ body: JSONObject) throws -> HTTPResponse {
    guard let role = body["role"]?.text.flatMap({ Role(rawValue: $0.string) }), role != .replica else {
      throw HubRefusal(.badRequest, "'role' is not integrator, reader or admin; replicas join with an invite")
    }
    guard let label = body["label"]?.text, (1...80).contains(label.count),
      !label.string.unicodeScalars.contains(where: Self.isControl)
    else {
      throw HubRefusal(
        .badRequest,
        "'label' is not one line of 1 to 80 bytes, without control characters, that says whose token this is")
    }
    guard role == .integrator || body["member"] == nil else {
      throw HubRefusal(.badRequest, "a token of a\(role.article) belongs to no member; only an integrator's does")
    }
    let token = Base32.encode(random(32))
    let replica = try role == .integrator ? integratorID(try memberName(body)) : nil
    let id = try directory.addToken(
      SHA256.hash(Array(token.utf8)), role: role, replica: replica, label: label.string, now: clock())
    var object: JSONObject = [
      "id": .string(Text(id)), "token": .string(Text(token)), "role": .string(Text(role.rawValue)),
      "label": .string(label),
    ]
    object["replica"] = replica.map { .string($0.text) }
    object["member"] = replica.map { .string($0.member.text) }
    return HubAnswer.json(.object(object), status: 201)
  }

  /// Whether a scalar could break a line of a list, or turn it around (Unicode, UAX #9: bidirectional controls).
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// A new id under which the hub writes for an integrator.
  private func integratorID(_ member: MemberName) throws -> ReplicaID {
    guard try directory.hasMember(member) else { throw HubRefusal(.unknownMember, "there is no member '\(member)'") }
    guard let id = try directory.freeID(of: member, random) else { throw HubRefusal(.busy, "no free id was found") }
    return id
  }

  /// All tokens but the tokens themselves.
  func tokens() throws -> HTTPResponse {
    let list = try directory.tokenLines().map { line -> JSON in
      var object: JSONObject = [
        "id": .string(Text(line.id)), "role": .string(Text(line.role)), "created": .int(line.created),
      ]
      object["label"] = line.label.map { .string(Text($0)) }
      object["replica"] = line.replica.map { .string(Text($0)) }
      object["revoked"] = line.revoked.map { .int($0) }
      return .object(object)
    }
    return HubAnswer.json(["tokens": .array(list)])
  }

  /// Takes a token back.
  func revokeToken(_ id: String) throws -> HTTPResponse {
    answer(id, try directory.revokeToken(id, now: clock()))
  }

  /// Shuts a replica out, with all whose ids came from it.
  func revoke(_ text: String) throws -> HTTPResponse {
    guard let replica = ReplicaID(Text(text)) else { throw HubRefusal(.badRequest, "that is not the id of a replica") }
    return answer(text, try directory.revoke(replica, now: clock()))
  }

  private func answer(_ revoked: String, _ revocation: Revocation?) -> HTTPResponse {
    var object: JSONObject = ["revoked": .string(Text(revoked))]
    object["replicas"] = revocation.map { .array($0.replicas.map { .string(Text($0)) }) }
    object["former"] = revocation.map { .array($0.former.map { .string(Text($0)) }) }
    return HubAnswer.json(.object(object))
  }
}
