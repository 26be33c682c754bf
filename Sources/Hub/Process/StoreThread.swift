import Crypto
import Dispatch
public import HTTP
public import JSON
import Net

/// Runs a hub's decisions on the one thread that owns its file, many waiting requests to a transaction.
///
/// Requests that come while a transaction is being flushed wait together and share the next one: group commit. No
/// answer leaves before its transaction is durable.
public final class StoreThread: Sendable {
  private struct Job: Sendable {
    let request: HubRequest
    let answer: @Sendable (HTTPResponse) -> Void
  }

  private struct Waiting {
    var jobs: [Job] = []
    var isRunning = false
  }

  /// The service, which only the queue touches.
  ///
  /// `@unchecked`: a reference that never leaves the serial queue's blocks.
  private struct Confined: @unchecked Sendable {
    let service: HubService
  }

  private static let groupSize = 64
  private let queue = DispatchQueue(label: "store")
  private let confined: Confined
  private let waiting = Locked(Waiting())
  private let tokens: Locked<TokenSnapshot>
  /// The hub's id.
  public let hub: Text

  /// Takes a service over; nobody else may use it from here on.
  public init(_ service: sending HubService) throws {
    hub = service.hub
    tokens = Locked(try service.directory.tokens())
    confined = Confined(service: service)
  }

  /// The tokens as they were after the last transaction.
  public var tokenSnapshot: TokenSnapshot { tokens.withLock { $0 } }

  /// Hands a request over; the answer comes on the store's thread, after its commit.
  public func submit(_ request: HubRequest, answer: @escaping @Sendable (HTTPResponse) -> Void) {
    let starts = waiting.withLock { waiting -> Bool in
      waiting.jobs.append(Job(request: request, answer: answer))
      defer { waiting.isRunning = true }
      return !waiting.isRunning
    }
    if starts { queue.async { self.drain() } }
  }

  /// Waits until everything handed over so far is answered, and closes the file.
  public func finish() {
    queue.sync { try? confined.service.close() }
  }

  private func drain() {
    while true {
      let jobs = waiting.withLock { waiting -> [Job] in
        let group = Array(waiting.jobs.prefix(Self.groupSize))
        waiting.jobs.removeFirst(group.count)
        if group.isEmpty { waiting.isRunning = false }
        return group
      }
      if jobs.isEmpty { return }
      let service = confined.service
      let answers = service.handle(jobs.map(\.request))
      if jobs.contains(where: { $0.request.changesTokens }), let now = try? service.directory.tokens() {
        tokens.withLock { $0 = now }
      }
      for (job, answer) in zip(jobs, answers) { job.answer(answer) }
    }
  }
}

extension HubRequest {
  /// Whether the request may give out or take back a token.
  var changesTokens: Bool {
    switch route {
    case .join, .identity, .revoke: true
    default: false
    }
  }
}
