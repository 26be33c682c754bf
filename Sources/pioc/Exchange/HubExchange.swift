import Foundation
import Replica
import Terminal

/// Carries the calls of one command to the hub, and tries again what failed for a while.
struct HubExchange {
  private let transport: any HubTransport
  private let base: URL
  private let context: Context
  /// How often a call is tried again.
  private let retries: Int
  /// The longest wait that is worth a running command, in seconds.
  private static let patienceSeconds = 60

  /// An exchange with a hub at this address; from now on Ctrl-C ends the program with a word.
  ///
  /// - Parameters:
  ///   - base: the hub's address.
  ///   - context: the command's surroundings.
  ///   - retries: how often a call is tried again.
  ///   - idleSeconds: how long to wait for the next byte.
  ///   - isCalledOff: asked about every second of waiting; `true` ends the call with ``CalledOff``.
  init(
    base: URL, context: Context, retries: Int = 3, idleSeconds: Double = 30,
    isCalledOff: @escaping () -> Bool = { false }
  ) {
    self.base = base
    self.context = context
    self.retries = retries
    transport = HubTransports.make(
      for: base, userAgent: "pioc/\(version)", idleSeconds: idleSeconds, environment: context.environment,
      isCalledOff: isCalledOff)
    Interruption.install()
  }

  /// An exchange with the hub that a replica has joined.
  init(
    _ replica: LocalReplica, _ context: Context, retries: Int = 3, idleSeconds: Double = 30,
    isCalledOff: @escaping () -> Bool = { false }
  ) throws {
    guard let text = try replica.settings.url else { throw ReplicaError.notJoined }
    guard let url = URL(string: text) else {
      throw Failure.failed(
        "The hub's address in this replica cannot be read.", "Join the hub again: 'pioc join URL'.")
    }
    self.init(base: url, context: context, retries: retries, idleSeconds: idleSeconds, isCalledOff: isCalledOff)
  }

  /// Sends the next call and has its answer taken, both again while a failure may pass; says whether there
  /// was a call.
  ///
  /// `next` makes the call each time anew, since an attempt may have got through without its answer.
  /// `receive` throws a ``SyncFailure`` when the answer says no.
  func step(_ next: () throws -> HubCall?, receive: (HubReply) throws -> Void) throws -> Bool {
    var backOff = BackOff(firstMilliseconds: 500)
    while true {
      do {
        guard let call = try Interruption.deferred(next) else { return false }
        let reply = try transport.send(call, to: base)
        try Interruption.deferred { try receive(reply) }
        return true
      } catch let failure as SyncFailure where Self.mayPass(failure) && backOff.failures < retries {
        try wait(for: failure, &backOff)
      }
    }
  }

  /// What answered as something else than the hub will do so again; the hub's own "later" and silence may
  /// pass.
  private static func mayPass(_ failure: SyncFailure) -> Bool {
    failure.kind != .notTheHub && failure.isTemporary
  }

  /// Waits before the next attempt, unless the hub asks for more than a running command is worth.
  private func wait(for failure: SyncFailure, _ backOff: inout BackOff) throws {
    let asked = failure.retryAfterSeconds ?? 0
    guard asked <= Self.patienceSeconds else {
      throw Failure.temporary(
        "The hub asks to come back in \((asked + 59) / 60) minutes.", "Nothing is lost; sync again then.")
    }
    let milliseconds = backOff.wait(
      retryAfterSeconds: failure.retryAfterSeconds, random: UInt64.random(in: .min ... .max))
    if context.output.errorStyle.isTerminal {
      context.output.note(
        "\(failure.description) Trying again soon (\(backOff.failures) of \(retries))."
      )
    }
    Thread.sleep(forTimeInterval: Double(milliseconds) / 1_000)
  }
}
