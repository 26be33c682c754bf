import Crypto
import Dispatch
public import HTTP
public import JSON
import Net
import Sync

/// Runs a hub's decisions on the one thread that owns its file, many waiting requests to a transaction.
///
/// Requests that come while a transaction is being flushed wait together and share the next one: group commit. No
/// answer leaves before its transaction is durable. Those that wait for news are asked again whenever the log has moved.
public final class StoreThread: Sendable {
  /// Answers come on the store's thread, after their commit.
  private typealias Job = HubJob<@Sendable (HTTPResponse) -> Void>

  private struct Inbox {
    var lines = RequestLines<Job>()
    var isRunning = false
    var isStopping = false
    var isFinished = false
  }

  /// What only the queue touches.
  ///
  /// `@unchecked`: a reference that never leaves the serial queue's blocks.
  private final class Confined: @unchecked Sendable {
    let service: HubService
    var desk = RequestDesk<@Sendable (HTTPResponse) -> Void>()
    var isTicking = false
    var isCopying = false

    init(_ service: HubService) { self.service = service }
  }

  /// How late an answer may come to somebody who has waited in vain.
  private static let tickMilliseconds = 500
  private let queue = DispatchQueue(label: "store")
  private let confined: Confined
  private let inbox = Locked(Inbox())
  private let tokens: Locked<TokenSnapshot>
  /// The hub's id.
  public let hub: Text

  /// Takes a service over; nobody else may use it from here on.
  public init(_ service: sending HubService) throws {
    hub = service.hub
    tokens = Locked(try service.directory.tokens())
    confined = Confined(service)
  }

  /// The tokens as they were after the last transaction.
  public var tokenSnapshot: TokenSnapshot { tokens.withLock { $0 } }

  /// Hands a request over; the answer comes on the store's thread, after its commit.
  public func submit(_ request: HubRequest, answer: @escaping @Sendable (HTTPResponse) -> Void) {
    submit([Job(request: request, ticket: answer)])
  }

  /// Answers all that wait for news, and lets nobody wait any more.
  public func stopWaiting() {
    inbox.withLock { $0.isStopping = true }
    queue.async { self.submit(self.confined.desk.stop()) }
  }

  /// Whether it was asked to end.
  var isStopping: Bool { inbox.withLock { $0.isStopping } }

  /// Waits until the group at hand is answered, and closes the file; who was not looked at yet hears that the hub stops.
  public func finish() {
    queue.sync {
      let left = inbox.withLock { inbox -> [Job] in
        inbox.isFinished = true
        return inbox.lines.takeAll()
      }
      refuse(left)
      try? confined.service.close()
    }
  }

  private func refuse(_ jobs: [Job]) {
    let answer = HubAnswer.problem(HubRefusal(.busy, "the hub is stopping"), hub: hub)
    for job in jobs { job.ticket(answer) }
  }

  /// Keeps the store's thread from its work while the closure runs, as a slow disk would: for tests.
  package func hold(_ body: @escaping @Sendable () -> Void) { queue.async(execute: body) }

  private func submit(_ jobs: [Job]) {
    guard !jobs.isEmpty else { return }
    let (isTooLate, starts) = inbox.withLock { inbox -> (Bool, Bool) in
      if inbox.isFinished { return (true, false) }
      for job in jobs { inbox.lines.add(job, job.request.cost) }
      defer { inbox.isRunning = true }
      return (false, !inbox.isRunning)
    }
    if isTooLate { return refuse(jobs) }
    if starts { queue.async { self.drain() } }
  }

  /// Handles one group, and goes on behind whatever else has to be done meanwhile: deadlines, backups, the end.
  private func drain() {
    let jobs = inbox.withLock { inbox in inbox.lines.takeGroup() }
    if !jobs.isEmpty { handle(jobs) }
    let hasMore = inbox.withLock { inbox -> Bool in
      inbox.isRunning = !inbox.lines.isEmpty
      return inbox.isRunning
    }
    if hasMore { queue.async { self.drain() } }
  }

  private func handle(_ jobs: [Job]) {
    let service = confined.service
    let outcome = confined.desk.handle(jobs, by: service, now: Self.now)
    if outcome.changesTokens, let now = try? service.directory.tokens() { tokens.withLock { $0 = now } }
    for (answer, response) in outcome.answers { answer(response) }
    submit(outcome.again)
    if confined.desk.hasWaiting { tick() }
    if service.isBackingUp, !confined.isCopying {
      confined.isCopying = true
      queue.async { self.continueBackup() }
    }
  }

  /// Copies some more of the file after whatever is waiting by now.
  private func continueBackup() {
    let service = confined.service
    service.continueBackup()
    confined.isCopying = service.isBackingUp
    if confined.isCopying {
      queue.async { self.continueBackup() }
    } else {
      submit(confined.desk.takeAll())
    }
  }

  /// Looks now and then whose time is over, as long as anybody waits.
  private func tick() {
    guard !confined.isTicking else { return }
    confined.isTicking = true
    queue.asyncAfter(deadline: .now() + .milliseconds(Self.tickMilliseconds)) {
      self.confined.isTicking = false
      self.submit(self.confined.desk.takeDue(now: Self.now))
      if self.confined.desk.hasWaiting { self.tick() }
    }
  }

  private static var now: UInt64 { HubProcess.uptime() }
}
