import HTTP
import Hub
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("What the administrator sees of replicas")
struct ContactTests {
  private let desk: Desk
  private let scribe: Scribe

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-7kq2m")
    scribe.push(scribe.title(1, Desk.record(1), "one"), scribe.title(2, Desk.record(1), "two"))
  }

  private func line() -> JSON {
    desk.get("/v1/replicas", token: desk.admin).json["replicas"]?.array?.first { $0["replica"] == "bogota-7kq2m" }
      ?? .null
  }

  private var other: String { "c1.\(String(desk.hub.hub.string.reversed())).6.0123456789abcdef" }
  private var head: String { desk.hub.log.head.description }

  @Test("a cursor that is not of this log counts for nothing, whatever else is wrong with the request")
  func cursors() throws {
    _ = scribe.sync(limit: "1")
    _ = scribe.sync(cursor: "c1.\(desk.hub.hub).0.0000000000000000", limit: "1")
    #expect(line()["behind"] == 1 && line()["cursor"] == 1)
    for cursor in [
      "c1.\(desk.hub.hub).9007199254740991.0123456789abcdef", other,
      "c1.\(desk.hub.hub).2.0123456789abcdef",
    ] {
      #expect(scribe.sync(cursor: cursor).code == "history-changed")
      #expect(line()["behind"] == 2 && line()["cursor"] == nil && line()["trouble"] == "history-changed")
      let metrics = String(decoding: desk.get("/metrics", token: desk.admin).response.body, as: UTF8.self)
      #expect(metrics.contains("peacesync_replica_behind{replica=\"bogota-7kq2m\"} 2\n"))
      // It begins anew, so nothing is kept for it.
      #expect(desk.post("/v1/compact", token: desk.admin, #"{"days":90}"#).json["hindmost"] == nil)
    }
    #expect(scribe.sync(cursor: head).status == 200)
    #expect(line()["behind"] == 0 && line()["cursor"] == 2 && line()["trouble"] == nil)
    // Refused for something else, without a cursor: what was known stays.
    #expect(scribe.sync(own: 1).code == "forked")
    #expect(line()["cursor"] == 2 && line()["trouble"] == "forked")
  }

  @Test("who is shut out stays shown so, also where it was heard in the moment before")
  func revoked() throws {
    _ = scribe.sync()
    desk.world.time += 1
    _ = scribe.sync(cursor: head)
    desk.post("/v1/replicas/bogota-7kq2m/revoke", token: desk.admin, "")
    #expect(line()["trouble"] == "revoked" && line()["contact"] == .int(desk.world.time))
    let ask = try desk.waiting(Desk.http("GET", "/v1/digest", token: scribe.token))
    #expect(desk.hub.handle([ask]).first??.status == 401)
    try desk.world.restartHub()
    #expect(line()["trouble"] == "revoked")
  }

  @Test("a replica that only sends is heard, and what troubles its sending is shown while it lasts")
  func sending() throws {
    #expect(line()["contact"] == .int(desk.world.time) && line()["cursor"] == nil && line()["behind"] == 2)
    desk.world.time += 60_000
    #expect(scribe.push(scribe.title(4, Desk.record(1), "four")).code == "gap")
    #expect(line()["contact"] == .int(desk.world.time) && line()["trouble"] == "gap")
    scribe.push(scribe.title(3, Desk.record(1), "three"))
    #expect(line()["trouble"] == nil)
    // That it reads another history is not over because it can send.
    for isSavedBetween in [true, false] {
      #expect(scribe.sync(cursor: other).code == "history-changed")
      if isSavedBetween { #expect(line()["trouble"] == "history-changed") }
      scribe.push(scribe.title(3, Desk.record(1), "three"))
      #expect(line()["trouble"] == "history-changed")
      _ = scribe.sync()
      #expect(line()["trouble"] == nil)
    }
    desk.world.time += 60_000
    _ = desk.get("/v1/digest", token: scribe.token)
    #expect(line()["contact"] == .int(desk.world.time), "any request is heard")
  }

  @Test("what one request tells is not lost to the next before it is written down")
  func together() throws {
    let report = #"{"clock":\#(desk.world.time + 500),"conflicts":1,"pending":2,"rejected":3,"version":"9.9"}"#
    _ = scribe.sync()
    _ = scribe.sync(cursor: head, report: report)
    desk.world.time += 10
    _ = desk.get("/v1/digest", token: scribe.token)
    #expect(line()["pending"] == 2 && line()["skew"] == 500 && line()["cursor"] == 2)
    #expect(line()["contact"] == .int(desk.world.time))
  }

  @Test(
    "a report with a number that cannot be is passed over",
    arguments: ["pending", "rejected", "conflicts", "clock"], ["-1", "9007199254740992", "1.5", "\"1\""])
  func reports(_ name: String, _ value: String) throws {
    var numbers = ["clock": "5", "conflicts": "1", "pending": "1", "rejected": "1"]
    func report() -> String {
      "{" + numbers.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + ",\"version\":\"9.9\"}"
    }
    #expect(scribe.sync(report: report()).status == 200)
    let before = line()
    numbers[name] = value
    let answer = scribe.sync(report: report().replacing("9.9", with: "10.0"))
    // A clock may be set to before 1970, and a number beyond all that JSON may hold makes the body none.
    let isGood = name == "clock" && value == "-1"
    if answer.status == 200 { #expect(line()["version"] == (isGood ? "10.0" : "9.9"), "\(line())") }
    if !isGood { #expect(line()[Text(name)] == before[Text(name)]) }
  }

  @Test("what was heard of a request that could not be stored is not taken for true")
  func rolledBack() throws {
    _ = scribe.sync()
    try desk.store.connection.execute(
      "CREATE TRIGGER full BEFORE UPDATE ON known_replica BEGIN SELECT RAISE(ABORT, 'full'); END")
    let push = scribe.sync(cursor: head, changes: [scribe.title(3, Desk.record(2), "three")])
    #expect(push.status == 503)
    try desk.store.connection.execute("DROP TRIGGER full")
    #expect(line()["cursor"] == 2 && line()["behind"] == 0)
  }
}
