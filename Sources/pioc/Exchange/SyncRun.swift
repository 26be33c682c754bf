import Replica

/// One sync from its first request to its last.
struct SyncRun {
  /// What was done.
  let tally: SyncTally
  /// What happened out of the ordinary.
  let events: [SyncSession.Event]
  /// What was done, record by record.
  let news: SyncNews

  /// Syncs a replica; the caller holds the lock.
  ///
  /// - Parameters:
  ///   - replica: the replica.
  ///   - context: the command's surroundings.
  ///   - limits: how much it may take away; `nil` for any amount.
  init(_ replica: LocalReplica, _ context: Context, limits: SyncLimits? = SyncLimits()) throws {
    try self.init(replica, context, limits: limits, exchange: try HubExchange(replica, context))
  }

  /// Syncs a replica over an exchange that is there already.
  ///
  /// `willSend` is told before each call whether the hub may hold its answer until there is news.
  init(
    _ replica: LocalReplica, _ context: Context, limits: SyncLimits?, wait: Int = 0, exchange: HubExchange,
    willSend: (Bool) -> Void = { _ in }
  ) throws {
    var session = try SyncSession(
      replica: replica, version: version, limits: limits, wait: wait, clock: context.now, random: context.random)
    let progress = ProgressLine("Syncing", style: context.output.errorStyle)
    context.output.progress = progress
    defer {
      progress.clear()
      context.output.progress = nil
    }
    let next = { () throws -> HubCall? in
      guard case .send(let call) = try session.next() else { return nil }
      willSend(try wait > 0 && replica.pendingCount() == 0)
      return call
    }
    while try exchange.step(next, receive: { try session.receive($0) }) {
      let done = Self.count(session.tally)
      let left = Int(clamping: session.remaining) + Int(clamping: try replica.pendingCount())
      if wait == 0 || left > 0 { progress.show(done: done, of: done + left) }
    }
    tally = session.tally
    events = session.events
    news = session.news
  }

  /// Whether it did anything that somebody might want to hear of.
  var hasNews: Bool { tally != SyncTally() || !events.isEmpty }

  private static func count(_ tally: SyncTally) -> Int {
    tally.accepted + tally.refused + tally.received + tally.states + tally.removed
  }
}
