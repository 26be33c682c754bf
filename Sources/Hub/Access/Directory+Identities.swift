public import Crypto
import SQLite
public import Sync

/// New identities of replicas, and the end of them.
extension Directory {
  /// How many new ids those may take in a day that share an origin.
  ///
  /// An honest replica takes one when it learns that its file was copied, and each further copy one: fifty is a room of
  /// computers set up from one image in a morning. They are counted for the whole family, or each new id could ask for
  /// as many again; who has a stolen token gets no further, and whom the limit stops loses nothing but time, since
  /// its changes stay pending.
  public static let identitiesPerDay = 50
  private static let dayMilliseconds: Int64 = 86_400_000

  /// Gives a replica that found itself forked a new identity of the same member.
  public func reidentify(_ replica: ReplicaID, as new: ReplicaID, token: Digest, now: Int64) throws {
    guard new.member == replica.member else {
      throw HubRefusal(.forbidden, "a new identity belongs to the same member")
    }
    if try verdict(token) == .valid(.replica(new)) { return }
    let times = try Lineage(connection).takenByFamily(
      of: replica.description, after: now - Self.dayMilliseconds, upTo: now)
    guard times.count < Self.identitiesPerDay else {
      var refusal = HubRefusal(
        .tooManyRequests, "\(Self.identitiesPerDay) new ids a day may come from one, and so many have")
      let free = times[times.count - Self.identitiesPerDay] + Self.dayMilliseconds
      refusal.retryAfterSeconds = Int((free - now + 999) / 1_000)
      throw refusal
    }
    try bind(new, token: token, former: replica, now: now)
  }

  /// Takes back every token of a replica, and of all whose ids came from it: a lost laptop gets nothing more.
  ///
  /// Who holds its token may have taken a new id with it, or fifty, before anybody noticed the loss, and each would go
  /// on. An honest copy among them is shut out too: it keeps what it has not sent, and comes back with a new invite
  /// (Protocol/README.md, 7.9.7). The ids from which the replica itself came stay, and are told.
  @discardableResult
  public func revoke(_ replica: ReplicaID, now: Int64) throws -> Revocation {
    let id = replica.description
    guard try connection.integer("SELECT 1 FROM known_replica WHERE id = ?1", .text(id)) != nil else {
      throw HubRefusal(.notFound, "there is no replica '\(replica)'")
    }
    let lineage = try Lineage(connection)
    let all = lineage.descendants(of: id)
    for id in all {
      try connection.run(
        "UPDATE token SET revoked = ?2 WHERE replica = ?1 AND revoked IS NULL", .text(id), .integer(now))
      try connection.run("UPDATE known_replica SET trouble = 'revoked' WHERE id = ?1", .text(id))
    }
    let former = try lineage.ancestors(of: id).filter {
      try connection.integer("SELECT 1 FROM token WHERE replica = ?1 AND revoked IS NULL", .text($0)) != nil
    }
    return Revocation(replicas: all, former: former)
  }
}
