import Foundation
import Replica
import Terminal

/// Carries the calls of one command to the hub, and tries again what failed for a while.
struct HubExchange {
  private let transport: any HubTransport
  private let base: URL
  private let context: Context
  /// How often a call is tried again.
  private static let retries = 3
  /// The longest wait that is worth a running command, in seconds.
  private static let patienceSeconds = 60

  /// An exchange with a hub at this address.
  init(base: URL, context: Context) {
    self.base = base
    self.context = context
    transport = HubTransports.make(for: base, userAgent: "pioc/\(version)")
  }

  /// An exchange with the hub that a replica has joined.
  init(_ replica: LocalReplica, _ context: Context) throws {
    guard let text = try replica.settings.url else { throw ReplicaError.notJoined }
    guard let url = URL(string: text) else {
      throw Failure.failed(
        "The hub's address in this replica cannot be read.", "Join the hub again: 'pioc join URL'.")
    }
    self.init(base: url, context: context)
  }

  /// Sends the next call and has its answer taken, both again while a failure may pass; says whether there
  /// was a call.
  ///
  /// `next` makes the call each time anew, since an attempt may have got through without its answer.
  /// `receive` throws a ``SyncFailure`` when the answer says no.
  func step(_ next: () throws -> HubCall?, receive: (HubReply) throws -> Void) throws -> Bool {
    var attempt = 0
    while true {
      do {
        guard let call = try next() else { return false }
        try receive(transport.send(call, to: base))
        return true
      } catch let failure as SyncFailure where Self.mayPass(failure) && attempt < Self.retries {
        attempt += 1
        try wait(for: failure, attempt: attempt)
      }
    }
  }

  /// What answered as something else than the hub will do so again; the hub's own "later" and silence may
  /// pass.
  private static func mayPass(_ failure: SyncFailure) -> Bool {
    failure.kind != .notTheHub && failure.isTemporary
  }

  /// Waits twice as long each time, by chance a bit more or less, so that many replicas do not come back at
  /// once; never shorter than the hub asked for.
  private func wait(for failure: SyncFailure, attempt: Int) throws {
    let asked = failure.retryAfterSeconds ?? 0
    guard asked <= Self.patienceSeconds else {
      throw Failure.temporary(
        "The hub asks to come back in \((asked + 59) / 60) minutes.", "Nothing is lost; sync again then.")
    }
    let usual = 0.5 * Double(1 << (attempt - 1)) * Double.random(in: 0.75...1.25)
    let seconds = max(usual, Double(asked))
    if context.output.errorStyle.isTerminal {
      context.output.note(
        "\(failure.description) Trying again soon (\(attempt) of \(Self.retries))."
      )
    }
    Thread.sleep(forTimeInterval: seconds)
  }
}
