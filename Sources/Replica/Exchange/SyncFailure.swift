public import Sync

/// Why a sync, a join or a check could not be done; local work is not touched by any of it.
public struct SyncFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Kind: Hashable, Sendable {
    /// The hub could not be reached, or did not answer in time: try again later.
    case unreachable
    /// What answered is not the hub, or not in its right mind: nothing of it was applied.
    case notTheHub
    /// The hub refuses this replica or this request.
    case refused(ProblemCode?)
    /// It would take away very much, and nobody has agreed to that yet: nothing was applied, nothing sent.
    case tooMuch(SyncWeight)
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// What is wrong, in one sentence.
  public let description: String
  /// What to do next, in one sentence.
  public let advice: String
  /// Seconds that the hub asked to wait, if it did.
  public let retryAfterSeconds: Int?

  /// A failure from its parts.
  public init(_ kind: Kind, _ description: String, advice: String, retryAfterSeconds: Int? = nil) {
    self.kind = kind
    self.description = description
    self.advice = advice
    self.retryAfterSeconds = retryAfterSeconds
  }

  /// Whether trying again later can help.
  public var isTemporary: Bool {
    switch kind {
    case .unreachable, .notTheHub: true
    case .tooMuch: false
    case .refused(let code): code == .busy || code == .storageFailed || code == .tooManyRequests
    }
  }

  /// What answered is not the hub, or not in its right mind.
  ///
  /// - Parameter why: a clause that tells by what it was known.
  static func notTheHub(_ why: String) -> SyncFailure {
    SyncFailure(
      .notTheHub, "What answered is not this replica's hub: \(why).",
      advice: "Nothing was changed. Check the network (a sign-in page?) and the hub's address, and try again.")
  }
}
