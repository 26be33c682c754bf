import Crypto
import JSON
import SQLite
import Store
import Sync

extension LocalReplica {
  /// What an answer of the hub turned out to be.
  enum Applied: Hashable {
    /// It was applied, as a whole.
    case done
    /// The hub holds other changes under this replica's name: nothing was applied.
    case forked
  }

  /// Applies an answer in one transaction: fates first, then the page, then the cursor.
  ///
  /// - Parameters:
  ///   - answer: an answer of the pinned hub.
  ///   - sent: the numbers of the changes that were sent, in order.
  ///   - time: the clock, in milliseconds, for erasures that must be written again.
  ///   - takesCursor: whether the page continues the feed, or is a repair beside it.
  func apply(
    _ answer: SyncAnswer, sent: [Int64], at time: Int64, takesCursor: Bool = true
  ) throws -> (applied: Applied, tally: SyncTally, news: SyncNews) {
    var tally = SyncTally()
    var news = SyncNews()
    let applied = try store.transaction { () -> Applied in
      let own = try settings.replica
      guard try isOwnHistory(answer.own, of: own) else { return .forked }
      var page = try PageApplication(replica: self, own: own, held: answer.own, time: time)
      try page.record(answer.results, sent: sent)
      for entry in answer.entries { try page.apply(entry) }
      try page.finish()
      tally = page.tally
      news = page.news
      try settings.setAcknowledged(answer.own)
      if takesCursor { try move(to: answer, at: time) }
      return .done
    }
    return (applied, tally, news)
  }

  /// Whether a point is on this replica's own history.
  func isOwnHistory(_ point: OwnPoint, of own: ReplicaID) throws -> Bool {
    if point.n == 0 { return true }
    guard let number = try store.replicas.find(own) else { return false }
    return try store.log.row(replica: number, n: point.n)?.hash == point.hash
  }

  private func move(to answer: SyncAnswer, at time: Int64) throws {
    try settings.setCursor(answer.cursor)
    if try (settings.furthest?.seq ?? -1) <= answer.head.seq { try settings.setFurthest(answer.head) }
    let isAtHead = !answer.hasMore && !answer.cursor.isCatchingUp && answer.cursor.seq == answer.head.seq
    if isAtHead, try settings.isRebasing { try finishRebase(held: answer.own, at: time) }
  }
}

/// A stub in the feed whose hash is not this replica's own: another copy writes under its name.
struct ForkFound: Error {}
