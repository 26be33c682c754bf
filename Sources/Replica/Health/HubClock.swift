import JSON
import Sync

/// Asks the hub what time it is; nothing is written on either side.
public struct HubClock {
  /// What to ask.
  public let call: HubCall
  private let hub: Text?

  /// A question of a replica that has joined.
  public init(_ replica: LocalReplica) throws {
    guard let token = try replica.settings.token, try replica.settings.url != nil else { throw ReplicaError.notJoined }
    // From this replica's place in the log on, so that one entry comes at most.
    let place = try replica.settings.cursor.map { "&since=\($0)" } ?? ""
    call = HubCall(method: "GET", path: "/v1/changes?limit=1\(place)", token: token)
    hub = try replica.settings.hub
  }

  /// The hub's time in milliseconds.
  public func time(_ reply: HubReply) throws -> Int64 {
    if reply.status != 200, let problem = HubProblem(reply) {
      throw problem.failure(retryAfterSeconds: reply.retryAfterSeconds)
    }
    guard reply.status == 200, let answer = try? SyncAnswer(body: reply.body), answer.hub == hub else {
      throw SyncFailure.notTheHub("its answer is not what was asked for")
    }
    return answer.time
  }
}
