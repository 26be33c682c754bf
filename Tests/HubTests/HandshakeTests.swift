import Crypto
import HTTP
import Hub
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("What the hub checks first")
struct HandshakeTests {
  private let desk: Desk
  private let scribe: Scribe
  private let changes: [String]

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-7kq2m")
    let scribe = scribe
    changes = (1...3).map { scribe.title(Int64($0), Desk.record($0), "title \($0)") }
    desk.post("/v1/changes", token: scribe.token, Scribe.batch(changes))
  }

  @Test("another hub, a seq beyond the head and another chain are a changed history, in cursor and furthest")
  func points() throws {
    let head = desk.hub.log.head
    let wrong = [
      Cursor(hub: "aaaaaaaa", seq: 0, chain: 0), Cursor(hub: head.hub, seq: head.seq, chain: head.chain ^ 1),
      Cursor(hub: head.hub, seq: head.seq + 1, chain: head.chain), Cursor(hub: head.hub, seq: 1, chain: head.chain),
      Cursor(hub: head.hub, seq: 0, chain: 1), Cursor(hub: head.hub, seq: 9_007_199_254_740_991, chain: 0),
      Cursor(hub: head.hub, seq: 1, chain: head.chain, isCatchingUp: true),
    ].map(\.description)
    let before = try desk.stored()
    let more = [scribe.title(4, Desk.record(4), "x")]
    for point in wrong {
      for answer in [
        scribe.sync(cursor: point, changes: more), scribe.sync(furthest: point, changes: more),
        scribe.sync(cursor: head.description, furthest: point, changes: more),
      ] {
        #expect(answer.status == 409)
        #expect(answer.code == "history-changed")
        #expect(answer.json["own"] == ["hash": .string(Text(try Scribe.hash(changes[2]).hex)), "n": 3])
      }
    }
    #expect(try desk.stored() == before)
    #expect(scribe.sync(cursor: head.description, furthest: head.description, changes: more).status == 200)
  }

  @Test("what was acknowledged and what is own is compared in the order of the protocol")
  func own() throws {
    let (good, wrong) = (try Scribe.hash(changes[2]), Digest.zero)
    let bad = Cursor(hub: desk.hub.log.head.hub, seq: 1, chain: 1).description
    let table: [(own: Int64, acknowledged: (Int64, Digest), cursor: String?, code: String?)] = [
      (3, (3, good), nil, nil), (3, (0, .zero), nil, nil), (3, (0, good), nil, nil), (9, (3, good), nil, nil),
      (4, (4, good), nil, "history-changed"), (2, (4, good), nil, "history-changed"),
      (3, (3, wrong), nil, "forked"), (3, (1, good), nil, "forked"), (2, (2, wrong), nil, "forked"),
      (2, (0, .zero), nil, "forked"), (0, (0, .zero), nil, "forked"), (0, (0, .zero), bad, "history-changed"),
      (3, (3, wrong), bad, "history-changed"),
    ]
    for row in table {
      let answer = scribe.sync(cursor: row.cursor, own: row.own, acknowledged: row.acknowledged)
      #expect(answer.status == (row.code == nil ? 200 : 409), "\(row)")
      #expect(answer.code == row.code, "\(row)")
    }
  }

  @Test("the handshake is compared before the batch is looked at")
  func order() {
    let answer = scribe.sync(own: 2, changes: [scribe.title(9, Desk.record(1), "x")])
    #expect(answer.code == "forked")
  }

  @Test("a limit of none reads nothing, and begins with states all the same")
  func limitOfNone() throws {
    let answer = scribe.sync(limit: "0")
    #expect(answer.entries.isEmpty)
    #expect(answer.hasMore == true)
    // The cursor is sent back: what it continues was begun without one, so states come, not changes.
    let next = scribe.sync(cursor: answer.cursor, limit: "10")
    #expect(next.entries.count == 3)
    #expect(next.entries.allSatisfy { $0["state"] != nil })
  }

  @Test("who has read another history is behind by all of this one, and never by less than nothing")
  func behind() throws {
    func line() -> JSON {
      desk.get("/v1/replicas", token: desk.admin).json["replicas"]?.array?.first ?? .null
    }
    #expect(line()["behind"] == 3)
    let head = desk.hub.log.head
    _ = scribe.sync(cursor: head.description)
    #expect(line()["behind"] == 0 && line()["cursor"] == 3)
    let further = Cursor(hub: head.hub, seq: 7, chain: 1)
    let other = Cursor(hub: head.hub, seq: 2, chain: 1)
    for cursor in [further, other] {
      #expect(scribe.sync(cursor: cursor.description).code == "history-changed")
      #expect(line()["trouble"] == "history-changed")
      #expect(line()["behind"] == 3 && line()["cursor"] == nil)
      let metrics = String(decoding: desk.get("/metrics", token: desk.admin).response.body, as: UTF8.self)
      #expect(metrics.contains("peacesync_replica_behind{replica=\"bogota-7kq2m\"} 3\n"))
    }
    // A fork has read this history.
    #expect(scribe.sync(cursor: head.description, own: 1).code == "forked")
    #expect(line()["behind"] == 0 && line()["cursor"] == 3)
    // As an earlier version has left it in the file.
    try desk.store.connection.execute("UPDATE known_replica SET cursor_seq = 7")
    #expect(line()["behind"] == 3 && line()["cursor"] == nil)
    _ = scribe.sync()
    #expect(line()["behind"] == 0 && line()["trouble"] == nil)
  }
}
