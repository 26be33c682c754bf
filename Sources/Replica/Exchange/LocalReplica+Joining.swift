import Crypto
import JSON
import Store
import Sync

extension LocalReplica {
  /// What to send to a hub to join it with an invite; the replica's own token is made and remembered first, so that a
  /// lost answer can simply be asked for again.
  public func joinCall(invite: String, random: (Int) -> [UInt8]) throws -> HubCall {
    let own = try settings.replica
    let next: NextIdentity
    // A change of identity that was begun is finished by the join: its id is as good as any.
    if let prepared = try settings.joining ?? settings.next {
      next = prepared
    } else {
      next = NextIdentity(replica: own, token: ReplicaToken.make(random))
    }
    try store.transaction { try settings.setJoining(next) }
    let body: JSON = [
      "invite": .string(Text(invite)), "protocol": .int(protocolVersion), "replica": .string(next.replica.text),
      "token": .string(next.tokenHash),
    ]
    return HubCall(method: "POST", path: "/v1/join", token: nil, body: body.write())
  }

  /// What came of a join.
  public enum Joined: Hashable, Sendable {
    /// The replica is bound to this hub.
    case bound(hub: String)
    /// The hub knows the id already, from another copy of this file: ask again, a new id was made.
    case askAgain
  }

  /// Takes the answer to a join.
  ///
  /// - Parameters:
  ///   - reply: what came back.
  ///   - url: the hub's address.
  ///   - acceptsNewHub: whether this replica may move from the hub that it knows to another.
  ///   - random: so many random bytes.
  public func receiveJoin(
    _ reply: HubReply, url: String, acceptsNewHub: Bool, random: (Int) -> [UInt8]
  ) throws -> Joined {
    if let problem = HubProblem(reply), reply.status != 200 {
      guard problem.code == .replicaTaken else {
        if problem.code != .busy { try store.transaction { try settings.setJoining(nil) } }
        throw problem.failure(retryAfterSeconds: reply.retryAfterSeconds)
      }
      guard let id = ReplicaID(member: try settings.replica.member, random: random(5)) else { return .askAgain }
      let next = NextIdentity(replica: id, token: ReplicaToken.make(random))
      try store.transaction { try settings.setJoining(next) }
      return .askAgain
    }
    guard reply.status == 200, reply.mediaType == "application/json", let json = try? JSON.parse(reply.body),
      json["protocol"] == .int(protocolVersion), let hub = json["hub"]?.text, Cursor.isHubID(hub),
      let next = try settings.joining, json["replica"]?.text == next.replica.text
    else {
      throw Self.noHub(reply)
    }
    let known = try settings.hub
    if let known, known != hub, !acceptsNewHub {
      throw SyncFailure(
        .notTheHub, "This is another hub (\(hub)) than the one this replica knows (\(known)).",
        advice: "To move to it for good, and drop what only the old hub had, join again with --accept-new-hub.")
    }
    // At once, so that a token never meets the address of another hub.
    try store.transaction {
      try settings.setHub(hub)
      try settings.setURL(url)
      if known != nil, known != hub { _ = try beginHistoryChange(held: .none) }
      try adopt(next)
    }
    return .bound(hub: hub.string)
  }

  /// What to say of an answer that no hub gives: a page to sign in at, a web server whose hub is down, another program.
  private static func noHub(_ reply: HubReply) -> SyncFailure {
    if reply.status >= 500 || reply.status == 429 {
      return SyncFailure(
        .unreachable, "The hub, or something before it, answered with status \(reply.status).",
        advice: "The invite is not used up; join again later.", retryAfterSeconds: reply.retryAfterSeconds)
    }
    let why =
      if reply.status != 200 {
        "it answered with status \(reply.status)"
      } else if reply.mediaType != "application/json" {
        "it answered with '\(reply.mediaType)'"
      } else {
        "it speaks another protocol"
      }
    return SyncFailure(
      .notTheHub, "What answered is not a hub: \(why).",
      advice: "The invite is not used up. Check the network (a sign-in page?) and the address, and join again.")
  }

  /// Forgets the way to the hub: the records stay, and can be edited as before.
  public func leave() throws {
    guard try settings.url != nil else { throw ReplicaError.notJoined }
    try store.transaction {
      try settings.setURL(nil)
      try settings.setToken(nil)
      try settings.setNext(nil)
      try settings.setJoining(nil)
    }
  }
}
