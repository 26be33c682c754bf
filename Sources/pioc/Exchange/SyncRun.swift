import Foundation
import Replica
import Terminal

/// One sync from its first request to its last.
struct SyncRun {
  /// What was done.
  let tally: SyncTally
  /// What happened out of the ordinary.
  let events: [SyncSession.Event]

  /// Syncs a replica; the caller holds the lock.
  init(_ replica: LocalReplica, _ context: Context) throws {
    var session = try SyncSession(replica: replica, version: version, clock: context.now, random: context.random)
    let exchange = try HubExchange(replica, context)
    let start = ContinuousClock.now
    var progress = Progress(label: "Syncing", total: nil, style: context.output.errorStyle)
    defer { Terminal.write(progress.clear(), to: 2) }
    while try exchange.step({ try Self.next(&session) }, receive: { try session.receive($0) }) {
      guard context.output.errorStyle.isTerminal else { continue }
      let elapsed = Int64((ContinuousClock.now - start) / .milliseconds(1))
      Terminal.write(progress.update(done: Self.count(session.tally), elapsedMilliseconds: elapsed), to: 2)
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
