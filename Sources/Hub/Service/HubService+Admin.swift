import Crypto
import HTTP
import JSON
import SQLite
import Store
import Sync

extension HubService {
  /// What only the administrator, or nobody in particular, may ask for.
  func adminCall(_ route: HubRoute, _ body: JSONObject) throws -> HTTPResponse {
    switch route {
    case .join: return try join(body)
    case .addMember:
      let name = try memberName(body)
      try directory.addMember(name, now: clock())
      return HubAnswer.json(["member": .string(name.text)], status: 201)
    case .invite: return try invite(body)
    case .addToken: return try addToken(body)
    case .compact: return try compact(body)
    default: throw HubRefusal(.notFound, "there is no such address")
    }
  }

  func memberName(_ body: JSONObject) throws -> MemberName {
    guard let name = body["member"]?.text.flatMap({ MemberName($0) }) else {
      throw HubRefusal(.badRequest, "a member's name is 2 to 40 of a-z, 0-9 and single inner hyphens")
    }
    return name
  }

  private func invite(_ body: JSONObject) throws -> HTTPResponse {
    let name = try memberName(body)
    let wanted = body["days"] ?? .int(7)
    guard let days = wanted.integer, (1...90).contains(days) else {
      throw HubRefusal(.badRequest, "'days' is not a number from 1 to 90")
    }
    let code = Base32.encode(random(16))
    let expires = clock() + days * 86_400_000
    try directory.addInvite(SHA256.hash(Array(code.utf8)), member: name, expires: expires)
    return HubAnswer.json(
      ["invite": .string(Text(code)), "member": .string(name.text), "expires": .int(expires)], status: 201)
  }

  func members() throws -> HTTPResponse {
    let list = try directory.members().map { member -> JSON in
      ["member": .string(Text(member.name)), "added": .int(member.added), "replicas": .int(member.replicas)]
    }
    return HubAnswer.json(["members": .array(list)])
  }

  /// Each replica with what an administrator asks first: when it was here, how far behind it is, what troubles it.
  func replicas() throws -> JSON {
    try contacts.save(store.connection)
    contacts.didSave(now: clock())
    var list: [JSON] = []
    try store.connection.rows(
      """
      SELECT id, joined, contact, cursor_seq, version, skew, pending, rejected, conflicts, trouble, former
      FROM known_replica ORDER BY id
      """
    ) { row in
      var object: JSONObject = ["replica": .string(Text(row.text(0))), "joined": .int(row.integer(1))]
      // A file that an earlier version wrote may know a place in another history.
      let cursor = row.optionalInteger(3).flatMap { $0 <= log.head.seq ? $0 : nil }
      object["cursor"] = cursor.map { .int($0) }
      let numbers: [(Text, Int32)] = [
        ("contact", 2), ("skew", 5), ("pending", 6), ("rejected", 7), ("conflicts", 8),
      ]
      for (key, column) in numbers { object[key] = row.optionalInteger(column).map { .int($0) } }
      for (key, column) in [("version", 4), ("trouble", 9), ("former", 10)] as [(Text, Int32)] {
        object[key] = row.optionalText(column).map { .string(Text($0)) }
      }
      object["behind"] = .int(log.head.seq - (cursor ?? 0))
      list.append(.object(object))
    }
    return .array(list)
  }

  func status() throws -> HTTPResponse {
    let counts = try counts()
    return HubAnswer.json([
      "hub": .string(hub), "version": .string(Text(version)), "protocol": .int(protocolVersion),
      "time": .int(clock()), "head": .int(log.head.seq), "digest": .string(Text(log.digest.hex)),
      "records": .int(counts.live), "conflicts": .int(counts.conflicts),
      "failedSyncs": .int(try failedSyncs()), "replicas": try replicas(),
    ])
  }
}
