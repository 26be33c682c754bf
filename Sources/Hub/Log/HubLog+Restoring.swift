public import Crypto
public import JSON
import Store
public import Sync

extension HubLog {
  /// Marks that this log was put back from a copy, and that from here on it is another history than the one that the
  /// copy's original went on to.
  ///
  /// A marker is a row without a change. It takes a seq and moves the chain by bytes that nobody can draw twice, so
  /// that two hubs that were started from one copy part here, and not at the first change in which they happen to
  /// differ. It goes to no reader; one for an erased record goes as that erasure.
  ///
  /// - Parameters:
  ///   - random: 32 random bytes.
  ///   - erased: records that were erased since the copy was made, with their kinds: what the copy holds of them goes,
  ///     and what replicas may still offer finds them erased.
  ///   - now: Unix time in milliseconds.
  public func markRestored(random: Digest, erased: [(id: RecordID, kind: Text)], now: Int64) throws {
    hasWritten = true
    try appendMarker(hash: random, record: nil, now: now)
    for (id, kind) in erased {
      var record = try takeRecord(id) ?? newRecord(id, kind: kind)
      if record.state.isErased {
        touched[id] = record
        continue
      }
      try store.log.history(from: record.last) { earlier in
        try store.log.forgetBody(earlier.pos)
        return true
      }
      record.state.erase()
      touched[id] = record
      try appendMarker(hash: SHA256.hash(random.bytes + id.bytes), record: id, now: now)
    }
  }

  private func appendMarker(hash: Digest, record id: RecordID?, now: Int64) throws {
    var row = LogRow(
      pos: point.seq + 1, replica: LogRow.noReplica, n: point.seq + 1, record: 0, prev: 0, time: now, hash: hash,
      fate: .marker)
    if let id, var record = try takeRecord(id) { enter(&record, row: &row) }
    point.chain = Chain.next(point.chain, hash: hash, time: now)
    row.chain = point.chain.prefix
    point.seq = row.pos
    try store.log.append(row, body: nil)
  }
}
