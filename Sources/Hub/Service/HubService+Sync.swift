import Crypto
import HTTP
import JSON
import Store
import Sync

extension HubService {
  /// `POST /v1/sync`: handshake, push, and a page of the feed; nothing yet if the sender waits for news.
  func sync(
    _ sync: ReceivedSync, offers: [Offer], from replica: ReplicaID, mayWait: Bool
  ) throws -> HTTPResponse? {
    let now = clock()
    guard sync.handshake.replica == replica else {
      throw HubRefusal(.forbidden, "this token is another replica's")
    }
    var contact = ReplicaContacts.Contact(time: now, report: sync.report, trouble: .none)
    do {
      try compare(sync.handshake)
      let reports = try log.take(offers, from: replica, now: now)
      let page = try log.page(for: replica, after: sync.handshake.cursor, limit: sync.limit)
      contact.reading = .upTo(page.cursor.seq)
      contacts.heard(replica, contact)
      if mayWait, offers.isEmpty, page.holdsNothing, page.cursor == sync.handshake.cursor { return nil }
      return HubAnswer.json(
        SyncAnswer.bytes(
          hub: hub, time: now, own: try log.held(of: replica), head: log.head, results: reports, page: page.writer,
          cursor: page.cursor, hasMore: page.hasMore))
    } catch let refusal as HubRefusal {
      contact.trouble = .refused(refusal.code)
      if refusal.code == .historyChanged {
        // Its cursor may be of any log, and it will begin anew.
        contact.reading = .otherHistory
      } else if let cursor = sync.handshake.cursor {
        // A cursor is looked at before anything else (Protocol/README.md, 7.2), and was found to be one of this log.
        contact.reading = .upTo(cursor.seq)
      }
      contacts.heard(replica, contact)
      throw refusal
    }
  }

  private func compare(_ handshake: Handshake) throws {
    let replica = handshake.replica
    let held = try log.held(of: replica)
    let finding = try handshake.compare(
      hub: hub, head: log.head.seq, chain: { try log.chain(at: $0) }, held: held.n,
      hash: { try log.hash(of: replica, n: $0) })
    switch finding {
    case .agreed: return
    case .historyChanged:
      throw HubRefusal(.historyChanged, "the hub's log ends at \(log.head.seq); it is not the one you know", own: held)
    case .forked:
      throw HubRefusal(.forked, "the hub holds \(held.n) changes of this replica that are not all yours", own: held)
    }
  }

  /// `POST /v1/changes`: a batch without a page.
  func push(_ batch: [Offer], from replica: ReplicaID) throws -> HTTPResponse {
    let now = clock()
    let reports: [FateReport]
    do {
      reports = try log.take(batch, from: replica, now: now)
    } catch let refusal as HubRefusal {
      contacts.heard(replica, ReplicaContacts.Contact(time: now, trouble: .refused(refusal.code)))
      throw refusal
    }
    contacts.heard(replica, ReplicaContacts.Contact(time: now, trouble: .nothingInSending))
    return HubAnswer.json(
      SyncAnswer.bytes(
        hub: hub, time: now, own: try log.held(of: replica), head: log.head, results: reports, page: FeedWriter(),
        cursor: log.head, hasMore: false))
  }

  /// `GET /v1/changes?since=&limit=&wait=`; nothing yet if the reader waits for news.
  func changes(_ http: HTTPRequest, as identity: Identity?, mayWait: Bool) throws -> HTTPResponse? {
    var reader: ReplicaID?
    if case .replica(let id) = identity { reader = id }
    var cursor: Cursor?
    if let since = http.query("since"), !since.isEmpty {
      cursor = Cursor(Text(since))
      guard let cursor, cursor.hub == hub, try log.chain(at: cursor.seq) == cursor.chain else {
        throw HubRefusal(.badCursor, "'since' is not a cursor of this hub's log as it is now")
      }
    }
    let limit = try HubRequest.number("limit", in: http, default: 500, upTo: Limits.pageEntries)
    let page = try log.page(for: reader, after: cursor, limit: limit)
    if mayWait, page.holdsNothing, page.cursor.seq == cursor?.seq ?? 0 { return nil }
    return HubAnswer.json(
      SyncAnswer.bytes(
        hub: hub, time: clock(), own: try reader.map { try log.held(of: $0) } ?? .none, head: log.head, results: [],
        page: page.writer, cursor: page.cursor, hasMore: page.hasMore))
  }
}
