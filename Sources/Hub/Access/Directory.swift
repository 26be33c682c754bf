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

  /// The directory in a hub's store.
  public init(store: Store) { connection = store.connection }

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
    let found = try connection.first(
      "SELECT role, replica, revoked FROM token WHERE hash = ?1", .bytes(token.bytes)
    ) { row -> Verdict in
      if row.optionalInteger(2) != nil { return .revoked }
      if row.text(0) == "admin" { return .valid(.admin) }
      guard let id = row.optionalText(1).flatMap({ ReplicaID(Text($0)) }) else { return .unknown }
      return .valid(.replica(id))
    }
    return found ?? .unknown
  }

  /// The hashes of all tokens as they are now.
  public func tokens() throws -> TokenSnapshot {
    var tokens = TokenSnapshot()
    try connection.rows("SELECT hash, revoked FROM token") { row in
      guard let digest = Digest(bytes: row.bytes(0)) else { return }
      if row.isNull(1) { tokens.valid.insert(digest) } else { tokens.revoked.insert(digest) }
    }
    return tokens
  }

  /// Gives the administrator's token its hash; an earlier one stops working.
  public func setAdminToken(_ hash: Digest, now: Int64) throws {
    try connection.run("UPDATE token SET revoked = ?1 WHERE role = 'admin' AND revoked IS NULL", .integer(now))
    try connection.run(
      "INSERT INTO token(hash, role, created) VALUES(?1, 'admin', ?2)", .bytes(hash.bytes), .integer(now))
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

  /// Gives a replica that found itself forked a new identity of the same member.
  public func reidentify(_ replica: ReplicaID, as new: ReplicaID, token: Digest, now: Int64) throws {
    guard new.member == replica.member else {
      throw HubRefusal(.forbidden, "a new identity belongs to the same member")
    }
    if try verdict(token) == .valid(.replica(new)) { return }
    try bind(new, token: token, former: replica, now: now)
  }

  private func bind(_ replica: ReplicaID, token: Digest, former: ReplicaID?, now: Int64) throws {
    guard try verdict(token) == .unknown else { throw HubRefusal(.replicaTaken, "this token was used before") }
    let known = try connection.integer("SELECT 1 FROM known_replica WHERE id = ?1", .text(replica.description)) != nil
    guard !known else { throw HubRefusal(.replicaTaken, "a replica '\(replica)' has joined already") }
    try connection.run(
      "INSERT INTO known_replica(id, joined, former) VALUES(?1, ?2, ?3)",
      .text(replica.description), .integer(now), SQLValue(former?.description))
    try connection.run(
      "INSERT INTO token(hash, role, replica, created) VALUES(?1, 'replica', ?2, ?3)",
      .bytes(token.bytes), .text(replica.description), .integer(now))
  }

  /// Takes back every token of a replica: a lost laptop gets nothing more.
  public func revoke(_ replica: ReplicaID, now: Int64) throws {
    guard try connection.integer("SELECT 1 FROM known_replica WHERE id = ?1", .text(replica.description)) != nil else {
      throw HubRefusal(.notFound, "there is no replica '\(replica)'")
    }
    try connection.run(
      "UPDATE token SET revoked = ?2 WHERE replica = ?1 AND revoked IS NULL",
      .text(replica.description), .integer(now))
    try connection.run(
      "UPDATE known_replica SET trouble = 'revoked' WHERE id = ?1", .text(replica.description))
  }
}
