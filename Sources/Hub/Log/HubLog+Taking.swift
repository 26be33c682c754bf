import Crypto
import Records
import Store
public import Sync

extension HubLog {
  /// Takes a batch from a replica and gives each of its changes a fate, in order.
  ///
  /// Numbers that the hub holds already get their first fate again; a number with another hash, or a gap, refuses the
  /// whole batch before anything is written.
  public func take(_ batch: [Offer], from replica: ReplicaID, now: Int64) throws -> [FateReport] {
    guard !batch.isEmpty else { return [] }
    let held = try held(of: replica)
    let known = try checkNumbers(batch, replica: replica, held: held)
    var reports: [FateReport] = []
    reports.reserveCapacity(batch.count)
    for offer in batch[..<known] { reports.append(try repeatFate(of: offer.submission, replica: replica)) }
    guard known < batch.count else { return reports }
    hasWritten = true
    let number = try store.replicas.number(replica)
    for offer in batch[known...] {
      reports.append(try takeNew(offer, number: number, now: now))
      lastHeld[replica] = OwnPoint(n: offer.submission.n, hash: offer.submission.hash)
    }
    return reports
  }

  /// How many of a batch's changes the hub holds already; throws on a wrong sender, a gap or a fork.
  private func checkNumbers(_ batch: [Offer], replica: ReplicaID, held: OwnPoint) throws -> Int {
    var expected = batch[0].submission.n
    if expected > held.n + 1 {
      throw HubRefusal(
        .gap, "the batch begins at \(expected), the hub holds \(held.n)", own: held, expected: held.n + 1)
    }
    var known = 0
    for submission in batch.lazy.map(\.submission) {
      guard submission.replica == replica else {
        throw HubRefusal(.forbidden, "a change of another replica is in the batch")
      }
      guard submission.n == expected else {
        throw HubRefusal(.gap, "change \(submission.n) stands where \(expected) belongs", own: held, expected: expected)
      }
      if submission.n <= held.n {
        guard try hash(of: replica, n: submission.n) == submission.hash else {
          throw HubRefusal(.forked, "the hub holds another change \(submission.n) of this replica", own: held)
        }
        known += 1
      }
      expected += 1
    }
    return known
  }

  private func repeatFate(of submission: Submission, replica: ReplicaID) throws -> FateReport {
    guard let number = try store.replicas.find(replica), let row = try store.log.row(replica: number, n: submission.n)
    else { throw StoreError("change \(submission.n) of \(replica) was there a moment ago") }
    return FateReport(n: submission.n, fate: try fate(of: row), isDuplicate: true)
  }

  /// The fate that a row tells; one whose name stands elsewhere tells what happened there.
  func fate(of row: LogRow) throws -> Fate {
    switch row.fate {
    case .applied: return .applied(seq: row.pos, time: row.time)
    case .erased: return .erased(seq: row.pos, time: row.time)
    case .void: return .void
    case .rejected: return .rejected(try store.log.verdict(row.pos) ?? Rejection(.badChange, "refused"))
    case .duplicate:
      guard row.prev > 0, row.prev < row.pos, let first = try store.log.row(row.prev) else {
        throw StoreError("row \(row.pos) repeats a change that is not there")
      }
      return try fate(of: first)
    case .pending, .pendingVoid, .marker: throw StoreError("row \(row.pos) of the log has no fate")
    }
  }

  private func takeNew(_ offer: Offer, number: Int64, now: Int64) throws -> FateReport {
    let submission = offer.submission
    var row = LogRow(
      pos: point.seq + 1, replica: number, n: submission.n, record: 0, prev: 0, time: now, hash: submission.hash,
      fate: .void)
    let taken = try decide(offer, row: &row)
    point.chain = Chain.next(point.chain, hash: row.hash, time: now)
    row.chain = point.chain.prefix
    point.seq = row.pos
    try store.log.append(row, body: taken.body)
    if let name = taken.rewrittenName { try setName(name, pos: row.pos) }
    // A duplicate's reason stands where its name stands.
    if row.fate == .rejected, case .rejected(let rejection) = taken.fate {
      try store.log.setVerdict(row.pos, rejection)
    }
    return FateReport(n: submission.n, fate: taken.fate, isDuplicate: row.fate == .duplicate)
  }
}
