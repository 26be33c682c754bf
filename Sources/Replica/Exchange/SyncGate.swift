import JSON
import Store
import Sync

/// Keeps one sync from deleting or overwriting very many records unasked: decides before anything is applied or sent.
///
/// What would be sent is weighed here. What would come is weighed page by page while the pages are held; they are
/// applied only when all of them are known to be within the limits. Where little can come
/// (``SyncLimits/lookBeyond``), the first page is enough to know.
struct SyncGate {
  private enum State {
    case unchecked
    case closed
    case looking(IncomingLook, Cursor)
    case open
  }

  private let limits: SyncLimits
  private var state: State
  private var held: [SyncAnswer] = []
  private var heldBytes = 0
  private let isSmall: Bool
  /// What is held at most; beyond it the pages are fetched again once they are found to be harmless.
  private static let mostBytes = 32 * 1024 * 1024

  /// A gate; open from the start where so little is here that nothing much could be lost.
  init(_ limits: SyncLimits, _ replica: LocalReplica) throws {
    self.limits = limits
    isSmall = try replica.isSmall(limits)
    state = isSmall ? .open : .unchecked
  }

  /// Whether pages may be applied and changes sent.
  var isOpen: Bool {
    if case .open = state { true } else { false }
  }

  /// From where the next page is to be fetched, while it is looked ahead.
  var place: Cursor? {
    if case .looking(_, let cursor) = state { cursor } else { nil }
  }

  /// Weighs what would be sent, once.
  mutating func checkOutgoing(_ replica: LocalReplica) throws {
    guard case .unchecked = state else { return }
    if try replica.pendingCount() > Int64(min(limits.removed, limits.overwritten)) {
      try check(try replica.outgoingWeight())
    }
    state = .closed
  }

  /// Looks at a page; gives the pages that may be applied now.
  mutating func look(
    at answer: SyncAnswer, size: Int, from cursor: Cursor?, _ replica: LocalReplica
  ) throws -> [SyncAnswer] {
    var look: IncomingLook
    switch state {
    case .looking(let begun, _): look = begun
    default:
      let isRebasing = try replica.settings.isRebasing
      if let cursor, !cursor.isCatchingUp, !isRebasing, answer.head.seq - cursor.seq <= limits.lookBeyond {
        state = .open
        return [answer]
      }
      look = IncomingLook(replica)
    }
    if let place, answer.cursor == place, answer.entries.isEmpty {
      throw SyncFailure.notTheHub("it says that there is more, but does not send it")
    }
    try look.add(answer)
    hold(answer, size)
    if answer.hasMore || answer.cursor.isCatchingUp {
      state = .looking(look, answer.cursor)
      return []
    }
    if try replica.settings.isRebasing { try look.addMissing() }
    try check(look.weight)
    state = .open
    defer { (held, heldBytes) = ([], 0) }
    return held
  }

  /// The hub's history, or this replica's name, is another one: what comes has to be looked at again.
  mutating func closeAgain() {
    (held, heldBytes) = ([], 0)
    if isSmall { return }
    if case .unchecked = state { return }
    state = .closed
  }

  private mutating func hold(_ answer: SyncAnswer, _ size: Int) {
    heldBytes += size
    // Pages are applied in their order, from the first on, or not at all.
    if heldBytes <= Self.mostBytes { held.append(answer) } else { held = [] }
  }

  private func check(_ weight: SyncWeight) throws {
    guard limits.areExceeded(by: weight) else { return }
    throw SyncFailure(.tooMuch(weight), weight.sentence, advice: "Nothing was applied, and nothing sent.")
  }
}

extension SyncWeight {
  /// What would happen, in one sentence.
  var sentence: String {
    let what = [
      removed > 0 ? "delete \(removed) records" : nil,
      overwritten > 0 ? "overwrite values in \(overwritten) records" : nil,
    ].compactMap { $0 }.joined(separator: " and ")
    return isIncoming
      ? "What waits at the hub would \(what) here." : "What this replica would send would \(what), for everyone."
  }
}
