import Store
import Sync

extension SyncSession {
  /// Does what a refusal asks for, or throws it if this session cannot go on.
  mutating func receive(_ problem: HubProblem, to waiting: Waiting, retryAfter: Int?) throws {
    if case .look = waiting {
      // The hub's log changed while it was looked at: the handshake finds out how.
      retries += 1
      gate?.closeAgain()
      guard problem.code == .badCursor, events.count + retries < 8 else {
        throw problem.failure(retryAfterSeconds: retryAfter)
      }
      return
    }
    switch (problem.code, problem.own) {
    case (.historyChanged, let own?):
      if try replica.beginHistoryChange(held: own) {
        events.append(.historyChanged(held: own.n))
        gate?.closeAgain()
      } else {
        try beginIdentity()
      }
    case (.forked, let own?):
      // A late answer to an earlier request proves nothing; the file itself must confirm it, or the hub insist.
      let id = try replica.settings.replica
      let isMine = try replica.isOwnHistory(own, of: id)
      guard isMine, try own.n <= replica.ownLast(), !hasDoubtedFork else { return try beginIdentity() }
      (hasDoubtedFork, retries) = (true, retries + 1)
    case (.replicaTaken, _):
      retries += 1
      try beginIdentity()
    case (.gap, _):
      guard case .sync(let sent, _) = waiting, let expected = problem.expected, let first = sent.first,
        expected > mostWanted, expected < first
      else { throw problem.failure(retryAfterSeconds: retryAfter) }
      (wanted, mostWanted) = (expected, expected)
    case (.badCursor, _):
      guard case .sync = waiting, try replica.forgetCursor() else {
        throw problem.failure(retryAfterSeconds: retryAfter)
      }
      retries += 1
    default: throw problem.failure(retryAfterSeconds: retryAfter)
    }
    guard events.count + retries < 8 else { throw SyncFailure.notTheHub("it changes its mind again and again") }
  }

  func beginIdentity() throws {
    guard let id = ReplicaID(member: try replica.settings.replica.member, random: random(5)) else {
      throw StoreError("no new id could be made")
    }
    try replica.prepareIdentity(NextIdentity(replica: id, token: ReplicaToken.make(random)))
  }
}
