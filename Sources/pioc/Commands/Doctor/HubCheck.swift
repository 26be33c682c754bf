import Replica
import Terminal

/// Compares this machine's clock with the hub's, where the hub can be asked.
struct HubCheck {
  private let replica: LocalReplica
  private let context: Context
  /// What two clocks may differ by, in milliseconds.
  private static let tolerance: Int64 = 120_000

  init(_ replica: LocalReplica, _ context: Context) {
    self.replica = replica
    self.context = context
  }

  func finding() -> Finding {
    if context.invocation.flag("--offline") { return .note("clock", "The clock was not compared: --offline.") }
    do {
      return try compare()
    } catch ReplicaError.notJoined {
      return .note("clock", "The clock was not compared: this replica has no hub yet.")
    } catch let failure as SyncFailure where failure.isTemporary {
      return .note("clock", "The clock was not compared: the hub cannot be asked now. \(failure.description)")
    } catch {
      let failure = Failure(explaining: error)
      return .attention("hub", failure.message, failure.advice)
    }
  }

  private func compare() throws -> Finding {
    let clock = try HubClock(replica)
    let exchange = try HubExchange(replica, context, retries: 0, idleSeconds: 10)
    var (hub, here): (Int64, Int64) = (0, 0)
    let asked = context.now()
    _ = try exchange.step({ clock.call }) { reply in
      hub = try clock.time(reply)
      // The hub looked at its clock somewhere between the question and the answer.
      here = asked + (context.now() - asked) / 2
    }
    let difference = here - hub
    guard difference.magnitude > UInt64(Self.tolerance) else {
      return .good("clock", "The clock agrees with the hub's.")
    }
    let amount = RelativeTime.describe(millisecondsAgo: Int64(difference.magnitude)).replacing(" ago", with: "")
    return .attention(
      "clock", "This machine's clock is \(amount) \(difference > 0 ? "ahead of" : "behind") the hub's.",
      "Set it right. Nothing is lost by it, but the times that others see are wrong, and so may be which value is "
        + "shown first in a conflict.")
  }
}
