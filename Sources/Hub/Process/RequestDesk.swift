package import HTTP

/// Has a hub's service answer groups of requests, and keeps those that wait for news.
///
/// It is all that ``StoreThread`` decides, with neither a thread nor a clock.
package struct RequestDesk<Ticket> {
  /// What came of a group.
  package struct Outcome {
    /// What may be sent now.
    package var answers: [(ticket: Ticket, response: HTTPResponse)] = []
    /// Who waited, and is to be asked again as a group to come: something has happened.
    package var again: [HubJob<Ticket>] = []
    /// Whether tokens may have been given out or taken back.
    package var changesTokens = false
  }

  private var waiting = WaitingRequests<Ticket>()
  private var isStopping = false

  /// A desk at which nobody waits.
  package init() {}

  /// Whether anybody waits.
  package var hasWaiting: Bool { !waiting.isEmpty }

  /// Handles requests in one transaction.
  ///
  /// - Parameter now: milliseconds of a monotonic clock.
  package mutating func handle(_ jobs: [HubJob<Ticket>], by service: HubService, now: UInt64) -> Outcome {
    var outcome = Outcome()
    // No key paths: those of a generic type are put together at run time, each time.
    let jobs = isStopping ? jobs.map { $0.last } : jobs
    let head = service.log.head
    let answers = service.handle(jobs.map { $0.request })
    outcome.changesTokens = jobs.contains { $0.request.changesTokens }
    for (job, answer) in zip(jobs, answers) {
      if let answer { outcome.answers.append((job.ticket, answer)) } else { waiting.add(job, now: now) }
    }
    // Those of this group too: the news may have come after them.
    if outcome.changesTokens || service.log.head != head { outcome.again = waiting.takeAll() }
    return outcome
  }

  /// Takes all that wait, to be asked again.
  package mutating func takeAll() -> [HubJob<Ticket>] { waiting.takeAll() }

  /// Takes those whose time is over, to be answered whatever there is to say.
  package mutating func takeDue(now: UInt64) -> [HubJob<Ticket>] { waiting.takeDue(now: now) }

  /// Lets nobody wait any more; takes all that do, to be answered whatever there is to say.
  package mutating func stop() -> [HubJob<Ticket>] {
    isStopping = true
    return waiting.takeAll()
  }
}

extension HubRequest {
  /// Whether the request may give out or take back a token.
  fileprivate var changesTokens: Bool {
    switch route {
    case .join, .identity, .revoke, .addToken, .revokeToken: true
    default: false
    }
  }
}
