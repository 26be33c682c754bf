public import Crypto
import JSON
import SQLite
public import Store
public import Sync

/// Members, invites and tokens: who may speak to this hub, and as whom.
///
/// Tokens and invites are kept as their SHA-256 only, so that a copy of the file opens no door.
public final class Directory {
  let connection: Connection
  private let replicas: ReplicaNames

  /// The directory in a hub's store.
  public init(store: Store) {
    connection = store.connection
    replicas = store.replicas
  }

  /// An id of a member that nobody has, nor ever wrote under; `nil` if chance gives none.
  func freeID(of member: MemberName, _ random: (Int) -> [UInt8]) throws -> ReplicaID? {
    for _ in 0..<100 {
      guard let id = ReplicaID(member: member, random: random(5)) else { continue }
      // Nor may anybody have written under it who has been forgotten since.
      if try isFree(id), try replicas.find(id) == nil { return id }
    }
    return nil
  }

  /// Whether a token is good, and for whom.
  public enum Verdict: Hashable, Sendable {
    /// It stands for this identity.
    case valid(Identity)
    /// It was taken back.
    case revoked
    /// It was never given out.
    case unknown
  }

  /// Looks a token up by its hash.
  public func verdict(_ token: Digest) throws -> Verdict {
    try connection.first(
      "SELECT role, replica, revoked FROM token WHERE hash = ?1", .bytes(token.bytes), read: Self.verdict) ?? .unknown
  }

  /// What the columns role, replica and revoked say.
  private static func verdict(_ row: Row) -> Verdict {
    if row.optionalInteger(2) != nil { return .revoked }
    let id = row.optionalText(1).flatMap { ReplicaID(Text($0)) }
    switch (Role(rawValue: row.text(0)), id) {
    case (.admin, _): return .valid(.admin)
    case (.reader, _): return .valid(.reader)
    case (.replica, let id?): return .valid(.replica(id))
    case (.integrator, let id?): return .valid(.integrator(id))
    default: return .unknown
    }
  }

  /// The hashes of all tokens as they are now.
  public func tokens() throws -> TokenSnapshot {
    var tokens = TokenSnapshot()
    try connection.rows("SELECT role, replica, revoked, hash FROM token") { row in
      guard let digest = Digest(bytes: row.bytes(3)) else { return }
      switch Self.verdict(row) {
      case .revoked: tokens.revoked.insert(digest)
      case .unknown: break
      case .valid(let identity):
        tokens.valid.insert(digest)
        tokens.identities[digest] = identity
      }
    }
    return tokens
  }

  /// Gives the token in the administrator's file its hash; an earlier one stops working, others of that role do not.
  public func setAdminToken(_ hash: Digest, now: Int64) throws {
    try connection.run(
      "UPDATE token SET revoked = ?1 WHERE role = 'admin' AND label IS NULL AND revoked IS NULL", .integer(now))
    try addToken(hash, role: .admin, replica: nil, label: nil, now: now)
  }

  /// Takes a token in; returns what it is called by.
  @discardableResult
  public func addToken(
    _ hash: Digest, role: Role, replica: ReplicaID?, label: String?, now: Int64
  ) throws -> String {
    // The start of a hash of 256 random bits names it, and opens nothing.
    let id = String(hash.hex.prefix(12))
    try connection.run(
      "INSERT INTO token(hash, role, replica, created, id, label) VALUES(?1, ?2, ?3, ?4, ?5, ?6)", .bytes(hash.bytes),
      .text(role.rawValue), SQLValue(replica?.description), .integer(now), .text(id), SQLValue(label))
    return id
  }

  /// All tokens, the oldest first.
  public func tokenLines() throws -> [TokenLine] {
    var lines: [TokenLine] = []
    try connection.rows("SELECT id, role, label, replica, created, revoked FROM token ORDER BY created, id") { row in
      lines.append(
        TokenLine(
          id: row.text(0), role: row.text(1), label: row.optionalText(2), replica: row.optionalText(3),
          created: row.integer(4), revoked: row.optionalInteger(5)))
    }
    return lines
  }

  /// Takes one token back, at once and for good; with a replica's token goes the replica, as in ``revoke(_:now:)``.
  @discardableResult
  public func revokeToken(_ id: String, now: Int64) throws -> Revocation? {
    let found = try connection.first("SELECT role, revoked, replica FROM token WHERE id = ?1", .text(id)) { row in
      (role: row.text(0), isRevoked: !row.isNull(1), replica: row.optionalText(2))
    }
    guard let found else { throw HubRefusal(.notFound, "there is no token '\(id)'") }
    if found.role == Role.replica.rawValue, let replica = found.replica.flatMap({ ReplicaID(Text($0)) }) {
      return try revoke(replica, now: now)
    }
    if found.isRevoked { return nil }
    let admins = try connection.integer("SELECT count(*) FROM token WHERE role = 'admin' AND revoked IS NULL") ?? 0
    guard found.role != Role.admin.rawValue || admins > 1 else {
      throw HubRefusal(.forbidden, "this is the only administrator's token; make another one first")
    }
    try connection.run("UPDATE token SET revoked = ?2 WHERE id = ?1", .text(id), .integer(now))
    return nil
  }

  /// Adds a member.
  public func addMember(_ name: MemberName, now: Int64) throws {
    guard try !hasMember(name) else { throw HubRefusal(.memberExists, "there is a member '\(name)' already") }
    try connection.run("INSERT INTO member(name, added) VALUES(?1, ?2)", .text(name.description), .integer(now))
  }

  /// Whether a member is known.
  public func hasMember(_ name: MemberName) throws -> Bool {
    try connection.integer("SELECT 1 FROM member WHERE name = ?1", .text(name.description)) != nil
  }

  /// The members with the time they were added and the number of their replicas.
  public func members() throws -> [(name: String, added: Int64, replicas: Int64)] {
    var list: [(name: String, added: Int64, replicas: Int64)] = []
    try connection.rows(
      """
      SELECT name, added, (SELECT count(*) FROM known_replica WHERE substr(id, 1, length(id) - 6) = name)
      FROM member ORDER BY name
      """
    ) { list.append(($0.text(0), $0.integer(1), $0.integer(2))) }
    return list
  }

  /// Makes an invite for one replica of a member.
  public func addInvite(_ hash: Digest, member: MemberName, expires: Int64) throws {
    guard try hasMember(member) else { throw HubRefusal(.unknownMember, "there is no member '\(member)'") }
    try connection.run(
      "INSERT INTO invite(hash, member, expires) VALUES(?1, ?2, ?3)",
      .bytes(hash.bytes), .text(member.description), .integer(expires))
  }

  /// Takes a replica in: uses up its invite and binds its token.
  ///
  /// Asking again after a lost answer changes nothing.
  public func join(_ replica: ReplicaID, token: Digest, invite: Digest, now: Int64) throws {
    let found = try connection.first(
      "SELECT member, expires, used_by FROM invite WHERE hash = ?1", .bytes(invite.bytes)
    ) { (member: $0.text(0), expires: $0.integer(1), usedBy: $0.optionalText(2)) }
    guard let found else { throw HubRefusal(.badInvite, "this invite is not known") }
    if found.usedBy == replica.description, try verdict(token) == .valid(.replica(replica)) { return }
    guard found.usedBy == nil else { throw HubRefusal(.badInvite, "this invite was used already") }
    guard found.expires > now else { throw HubRefusal(.badInvite, "this invite has expired") }
    guard found.member == replica.member.description else {
      throw HubRefusal(.forbidden, "this invite is for member '\(found.member)', not '\(replica.member)'")
    }
    try bind(replica, token: token, former: nil, now: now)
    try connection.run(
      "UPDATE invite SET used_by = ?2 WHERE hash = ?1", .bytes(invite.bytes), .text(replica.description))
  }

  func bind(_ replica: ReplicaID, token: Digest, former: ReplicaID?, now: Int64) throws {
    guard try verdict(token) == .unknown else { throw HubRefusal(.replicaTaken, "this token was used before") }
    guard try isFree(replica) else { throw HubRefusal(.replicaTaken, "a replica '\(replica)' has joined already") }
    try connection.run(
      "INSERT INTO known_replica(id, joined, former) VALUES(?1, ?2, ?3)",
      .text(replica.description), .integer(now), SQLValue(former?.description))
    try addToken(token, role: .replica, replica: replica, label: nil, now: now)
  }

  /// Whether an id belongs to nobody.
  func isFree(_ replica: ReplicaID) throws -> Bool {
    try connection.integer(
      "SELECT 1 FROM known_replica WHERE id = ?1 UNION ALL SELECT 1 FROM token WHERE replica = ?1 LIMIT 1",
      .text(replica.description)) == nil
  }
}
