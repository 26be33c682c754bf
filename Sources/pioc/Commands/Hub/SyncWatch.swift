import Foundation
import JSON
import Replica
import Terminal

/// `pioc sync --watch`: stays with the hub until it is stopped; the caller holds the lock.
///
/// The hub holds its answer until there is news (`wait` of `POST /v1/sync`). A poll is called off when something was
/// written here, so that it is sent at once, and when the machine has slept, since its line may be dead without a word.
struct SyncWatch {
  private let replica: LocalReplica
  private let context: Context
  private let poll = Poll()
  /// How long the hub may hold an answer; below the 60 s after which web servers in between give up.
  private static let waitSeconds = 50

  /// What the transport is asked about while it waits.
  private final class Poll {
    var isHeld = false
    let awake = AwakeClock()
  }

  init(_ replica: LocalReplica, _ context: Context) {
    self.replica = replica
    self.context = context
  }

  func run() throws -> Int32 {
    let (poll, replica) = (poll, replica)
    let exchange = try HubExchange(
      replica, context, retries: 0, idleSeconds: Double(Self.waitSeconds) + 30,
      isCalledOff: {
        if poll.awake.hasSlept() { return true }
        return poll.isHeld && ((try? replica.pendingCount()) ?? 0) > 0
      })
    let limits = context.invocation.flag("--allow-many") ? nil : SyncLimits()
    var backOff = BackOff()
    var wait = 0
    context.output.note("Watching \(try replica.settings.url ?? "the hub"); Ctrl-C ends it.")
    while true {
      do {
        let began = ContinuousClock.now
        let run = try SyncRun(
          replica, context, limits: limits, wait: wait, exchange: exchange, willSend: { poll.isHeld = $0 })
        if backOff.failures > 0 { context.output.note("\(moment()) The hub answers again.") }
        backOff.succeed()
        try tell(run)
        // A hub that does not hold its answers must not be asked without a pause.
        if wait > 0, !run.hasNews, ContinuousClock.now - began < .seconds(1) { pause(milliseconds: 1_000) }
        wait = Self.waitSeconds
      } catch is CalledOff {
        wait = 0
        if poll.awake.hasSlept() {
          poll.awake.reset()
          backOff.succeed()
        }
      } catch let failure as SyncFailure where failure.isTemporary {
        wait = 0
        try lost(failure, &backOff)
      }
    }
  }

  /// Waits before it tries again; less and less often, and said once.
  private func lost(_ failure: SyncFailure, _ backOff: inout BackOff) throws {
    if backOff.failures == 0 {
      context.output.note("\(moment()) \(failure.description) Trying on; your work is safe here.")
    }
    pause(
      milliseconds: backOff.wait(
        retryAfterSeconds: failure.retryAfterSeconds, random: UInt64.random(in: .min ... .max)))
    if poll.awake.hasSlept() {
      poll.awake.reset()
      backOff.succeed()
    }
  }

  /// Sleeps; a machine that was woken up has waited long enough.
  private func pause(milliseconds: Int64) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end, !poll.awake.hasSlept() {
      Thread.sleep(forTimeInterval: min(1, max(0.001, (end - ContinuousClock.now) / .seconds(1))))
    }
  }

  private func tell(_ run: SyncRun) throws {
    guard run.hasNews else { return }
    let words = SyncWords(run, replica)
    if context.wantsJSON {
      context.output.write(String(decoding: try words.json().write(), as: UTF8.self) + "\n")
    } else {
      context.output.write(prose: "\(moment()) \(try words.text())")
    }
  }

  private func moment() -> String { LocalTime.text(milliseconds: context.now()) }
}
