import JSON
import Store
import Sync

/// Asks the hub what waits there, without taking or telling anything: no cursor moves, nothing is written on either side.
public struct SyncPreview {
  /// What to do next.
  public enum Step: Sendable {
    /// Send this, and give the answer to ``SyncPreview/receive(_:)``.
    case send(HubCall)
    /// All is known.
    case finished
  }

  private let replica: LocalReplica
  private var place: Cursor?
  private var isComplete = false
  /// What the entries would do here.
  public private(set) var look: IncomingLook
  /// Whether all records come anew: this replica has not synced yet, or the hub's history is another one.
  public private(set) var isFromStart: Bool

  /// What the entries would take away here.
  public var weight: SyncWeight { look.weight }

  /// Begins to ask for a replica that has joined.
  public init(replica: LocalReplica) throws {
    guard try replica.settings.token != nil, try replica.settings.url != nil else { throw ReplicaError.notJoined }
    self.replica = replica
    place = try replica.settings.cursor
    isFromStart = place == nil
    look = IncomingLook(replica)
  }

  /// What to do next.
  public func next() throws -> Step {
    if isComplete { return .finished }
    let path = "/v1/changes?limit=1000" + (place.map { "&since=\($0)" } ?? "")
    return .send(HubCall(method: "GET", path: path, token: try replica.settings.token))
  }

  /// Takes an answer.
  public mutating func receive(_ reply: HubReply) throws {
    if reply.status != 200, let problem = HubProblem(reply) {
      guard problem.code == .badCursor, !isFromStart || place?.isCatchingUp == true else {
        throw problem.failure(retryAfterSeconds: reply.retryAfterSeconds)
      }
      (place, isFromStart, look) = (nil, true, IncomingLook(replica))
      return
    }
    guard reply.status == 200, reply.mediaType == "application/json", let answer = try? SyncAnswer(body: reply.body),
      try answer.hub == replica.settings.hub, !answer.hasMore || answer.cursor != place
    else {
      throw SyncFailure.notTheHub("its answer is not what was asked for")
    }
    try look.add(answer)
    place = answer.cursor
    guard !answer.hasMore, !answer.cursor.isCatchingUp else { return }
    if try isFromStart && replica.settings.cursor != nil { try look.addMissing() }
    isComplete = true
  }
}
