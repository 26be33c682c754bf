import Replica

/// One sync from its first request to its last.
struct SyncRun {
  /// What was done.
  let tally: SyncTally
  /// What happened out of the ordinary.
  let events: [SyncSession.Event]

  /// Syncs a replica; the caller holds the lock.
  init(_ replica: LocalReplica, _ context: Context) throws {
    var session = try SyncSession(
      replica: replica, version: version, clock: context.now, random: context.random)
    let exchange = try HubExchange(replica, context)
    let progress = ProgressLine("Syncing", style: context.output.errorStyle)
    context.output.progress = progress
    defer {
      progress.clear()
      context.output.progress = nil
    }
    while try exchange.step({ try Self.next(&session) }, receive: { try session.receive($0) }) {
      progress.show(done: Self.count(session.tally))
    }
    tally = session.tally
    events = session.events
  }

  private static func next(_ session: inout SyncSession) throws -> HubCall? {
    guard case .send(let call) = try session.next() else { return nil }
    return call
  }

  private static func count(_ tally: SyncTally) -> Int {
    tally.accepted + tally.refused + tally.received + tally.states + tally.removed
  }
}
