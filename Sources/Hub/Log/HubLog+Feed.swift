import Crypto
import JSON
import SQLite
import Store
public import Sync

/// A page of the feed, as bytes.
public struct FeedPage: Sendable {
  /// The entries.
  public var writer = FeedWriter()
  /// Where to read on.
  public var cursor: Cursor
  /// Whether there is more to read now.
  public var hasMore = false

  /// Whether the reader would learn nothing by it but that it is up to date.
  var holdsNothing: Bool { writer.count == 0 && !hasMore }
}

extension HubLog {
  /// How far behind a reader may be before it gets states instead of changes, in entries.
  static let farBehind: Int64 = 20_000

  /// A page of the feed after a cursor, which must be one of this log's.
  ///
  /// Without a cursor, or far behind, the reader gets each record's state where the record changed last; since a
  /// record that changes meanwhile moves on in the log, such a reader needs no snapshot and there is no seam. It must
  /// go on so until the head, which its cursor remembers.
  ///
  /// - Parameters:
  ///   - reader: the replica that reads, whose own changes it gets as stubs.
  ///   - cursor: how far it has read.
  ///   - limit: how many entries it wants at most; 0 for none.
  public func page(for reader: ReplicaID?, after cursor: Cursor?, limit: Int) throws -> FeedPage {
    try flush()
    let from = cursor ?? Cursor(hub: hub, seq: 0, chain: Chain.start.prefix, isCatchingUp: true)
    if from.seq == point.seq { return FeedPage(cursor: head) }
    guard limit > 0 else { return FeedPage(cursor: from, hasMore: true) }
    if cursor == nil || from.isCatchingUp || point.seq - from.seq > Self.farBehind {
      return try states(after: from.seq, limit: limit)
    }
    let own = try reader.flatMap { try store.replicas.find($0) }
    return try changes(after: from, own: own, limit: limit)
  }

  private func states(after seq: Int64, limit: Int) throws -> FeedPage {
    // Entries that were overtaken by later ones of their records are walked along, however many there are.
    let reach = seq + mostWalked
    var page = FeedPage(cursor: head)
    if reach < point.seq {
      page = FeedPage(cursor: try cursor(catchingUpAt: reach), hasMore: true)
    }
    // CROSS JOIN keeps SQLite to the order written: walk the log, look each record up (sqlite.org/optoverview.html).
    let statement = try store.connection.prepare(
      """
      SELECT log.pos, log.time, record.state, record.deleted, record.id, record.kind, log.chain
      FROM log CROSS JOIN record ON record.num = log.record
      WHERE log.pos > ?1 AND log.pos <= ?2 AND record.seq = log.pos ORDER BY log.pos
      """)
    defer { statement.reset() }
    statement.bind(1, seq)
    statement.bind(2, reach)
    while try statement.step() {
      let row = statement.row
      guard let id = RecordID(bytes: row.bytes(4)) else { throw StoreError("the id of a record is damaged") }
      if row.integer(3) == 2 {
        page.writer.erasure(seq: row.integer(0), time: row.integer(1), record: id, kind: Text(row.text(5)))
      } else {
        let state = row.bytes(2)
        guard StoredOutline.isState(state.span, of: id) else {
          throw StoreError("the state of record \(id) is damaged")
        }
        page.writer.state(seq: row.integer(0), time: row.integer(1), state)
      }
      if page.writer.count >= limit || page.writer.bytes.count >= Limits.pageBytes {
        let chain = UInt64(bitPattern: row.integer(6))
        page.hasMore = row.integer(0) < point.seq
        page.cursor = page.hasMore ? Cursor(hub: hub, seq: row.integer(0), chain: chain, isCatchingUp: true) : head
        break
      }
    }
    return page
  }

  private func cursor(catchingUpAt seq: Int64) throws -> Cursor {
    guard let chain = try store.log.chain(at: seq) else { throw StoreError("the log has no entry \(seq)") }
    return Cursor(hub: hub, seq: seq, chain: chain, isCatchingUp: true)
  }

  private func changes(after from: Cursor, own: Int64?, limit: Int) throws -> FeedPage {
    var page = FeedPage(cursor: head)
    let statement = try store.connection.prepare(
      """
      SELECT pos, replica, n, record, time, hash, fate, flags, body, chain FROM log WHERE pos > ?1 ORDER BY pos
      """)
    defer { statement.reset() }
    statement.bind(1, from.seq)
    var scanned = 0
    var told: Set<Int64> = []
    while try statement.step() {
      let row = statement.row
      try write(row, own: own, to: &page.writer, told: &told)
      scanned += 1
      let isFull = page.writer.count >= limit || page.writer.bytes.count >= Limits.pageBytes
      if isFull || scanned >= limit * 8 {
        let pos = row.integer(0)
        page.cursor = Cursor(hub: hub, seq: pos, chain: UInt64(bitPattern: row.integer(9)))
        page.hasMore = pos < point.seq
        break
      }
    }
    return page
  }

  /// Writes an entry.
  private func write(_ row: Row, own: Int64?, to writer: inout FeedWriter, told: inout Set<Int64>) throws {
    guard let fate = LogRow.Fate(rawValue: row.integer(6)) else { throw StoreError("a row of the log is damaged") }
    let (pos, time) = (row.integer(0), row.integer(4))
    if row.integer(7) & 1 != 0 {
      // Of compacted entries one a page is enough: it was the state as it is now, with all that is still to come.
      if row.isNull(8), told.contains(row.integer(3)) { return }
      guard let state = try store.records.stateBytes(num: row.integer(3)) else {
        throw StoreError("row \(pos) names a record that is not there")
      }
      if !state.isErased {
        guard StoredOutline.isState(state.bytes.span, of: state.record) else {
          throw StoreError("the state of record \(state.record) is damaged")
        }
        writer.state(seq: state.seq, time: time, state.bytes)
        told.insert(row.integer(3))
        return
      }
    }
    switch fate {
    case .applied:
      if own == row.integer(1) {
        guard let hash = Digest(bytes: row.bytes(5)) else { throw StoreError("a row of the log is damaged") }
        writer.own(seq: pos, time: time, n: row.integer(2), hash: hash)
      } else {
        try row.withBytes(8) { body in
          // What was compacted has no bytes, and would have been told as a state.
          guard StoredOutline.isChange(body.assumingMemoryBound(to: UInt8.self).span) else {
            throw StoreError("the bytes of row \(pos) of the log are damaged")
          }
          writer.change(seq: pos, time: time, body)
        }
      }
    case .erased, .marker:
      guard row.integer(3) != 0, let record = try store.records.find(num: row.integer(3)) else { return }
      writer.erasure(seq: pos, time: time, record: record.state.record, kind: record.state.kind)
    case .rejected, .void, .duplicate, .pending, .pendingVoid: break
    }
  }
}
