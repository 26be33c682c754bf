import Crypto
import HTTP
import JSON
import Store
import Sync

extension HubService {
  /// `POST /v1/sync`: handshake, push, and a page of the feed.
  func sync(_ sync: ReceivedSync, offers: [Offer], from replica: ReplicaID) throws -> HTTPResponse {
    let now = clock()
    guard sync.handshake.replica == replica else {
      throw HubRefusal(.forbidden, "this token is another replica's")
    }
    var contact = ReplicaContacts.Contact(time: now, cursor: sync.handshake.cursor?.seq ?? 0, report: sync.report)
    do {
      try compare(sync.handshake)
      let reports = try log.take(offers, from: replica, now: now)
      let page = try log.page(for: replica, after: sync.handshake.cursor, limit: sync.limit)
      contact.cursor = page.cursor.seq
      contacts.heard(replica, contact)
      return HubAnswer.json(
        SyncAnswer.bytes(
          hub: hub, time: now, own: try log.held(of: replica), head: log.head, results: reports, page: page.writer,
          cursor: page.cursor, hasMore: page.hasMore))
    } catch let refusal as HubRefusal {
      contact.trouble = refusal.code.rawValue
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
    let reports = try log.take(batch, from: replica, now: now)
    return HubAnswer.json(
      SyncAnswer.bytes(
        hub: hub, time: now, own: try log.held(of: replica), head: log.head, results: reports, page: FeedWriter(),
        cursor: log.head, hasMore: false))
  }

  /// `GET /v1/changes?since=&limit=`.
  func changes(_ http: HTTPRequest, as identity: Identity?) throws -> HTTPResponse {
    var reader: ReplicaID?
    if case .replica(let id) = identity { reader = id }
    var cursor: Cursor?
    if let since = http.query("since"), !since.isEmpty {
      cursor = Cursor(Text(since))
      guard let cursor, cursor.hub == hub, try log.chain(at: cursor.seq) == cursor.chain else {
        throw HubRefusal(.badCursor, "'since' is not a cursor of this hub's log as it is now")
      }
    }
    let limit = try number(http.query("limit"), default: 500, upTo: Int64(Limits.pageEntries))
    let page = try log.page(for: reader, after: cursor, limit: Int(limit))
    return HubAnswer.json(
      SyncAnswer.bytes(
        hub: hub, time: clock(), own: try reader.map { try log.held(of: $0) } ?? .none, head: log.head, results: [],
        page: page.writer, cursor: page.cursor, hasMore: page.hasMore))
  }

  /// A decimal number from a query: digits only, no sign, checked for its range.
  func number(_ text: String?, default value: Int64, upTo limit: Int64) throws -> Int64 {
    guard let text else { return value }
    let digits = Array(text.utf8)
    guard (1...9).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw HubRefusal(.badRequest, "a number in the query is not one")
    }
    let number = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
    guard number <= limit else { throw HubRefusal(.badRequest, "a number in the query is over \(limit)") }
    return number
  }
}
