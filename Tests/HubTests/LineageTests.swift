import Crypto
import HTTP
import Hub
import JSON
import Sync
import TestKit
import Testing

@Suite("New identities, and the end of all that came from one")
struct LineageTests {
  private let desk: Desk
  private let scribe: Scribe

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-7kq2m")
  }

  /// Takes a new id with a token; the new one's token is "token-of-" and its id.
  private func take(_ id: String, with token: String) -> Answer {
    let hash = SHA256.hash(Array("token-of-\(id)".utf8)).hex
    return desk.post("/v1/identity", token: token, #"{"replica":"\#(id)","token":"\#(hash)"}"#)
  }

  private func id(_ number: Int) -> String {
    "bogota-" + String(repeating: "a", count: 3) + String(number / 10) + String(number % 10)
  }

  /// A family: the scribe, two from it, one from the first of these, and one from that.
  private func family() throws -> [String] {
    let ids = ["bogota-aaaaa", "bogota-bbbbb", "bogota-ccccc", "bogota-ddddd"]
    let parents = ["bogota-7kq2m", "bogota-7kq2m", "bogota-aaaaa", "bogota-ccccc"]
    for (id, parent) in zip(ids, parents) { #expect(take(id, with: "token-of-\(parent)").status == 200) }
    return ids
  }

  private func works(_ id: String) -> Bool { desk.get("/v1/digest", token: "token-of-\(id)").status == 200 }

  private func texts(_ json: JSON?) -> [String]? { json?.array?.compactMap { $0.text?.string } }

  @Test("whoever is revoked takes all along whose ids came from it, however far, and nobody else")
  func chain() throws {
    let ids = try family()
    let stranger = try desk.scribe("bogota-zzzzz")
    let answer = desk.post("/v1/replicas/bogota-aaaaa/revoke", token: desk.admin, "")
    #expect(answer.status == 200 && answer.json["revoked"] == "bogota-aaaaa")
    #expect(texts(answer.json["replicas"]) == ["bogota-aaaaa", "bogota-ccccc", "bogota-ddddd"])
    #expect(texts(answer.json["former"]) == ["bogota-7kq2m"])
    #expect(ids.map(works) == [false, true, false, false] && works("bogota-7kq2m") && works(stranger.id.description))
    // What came from a token that is out comes no more.
    #expect(take("bogota-eeeee", with: "token-of-bogota-ddddd").code == "revoked")
    let first = desk.post("/v1/replicas/bogota-7kq2m/revoke", token: desk.admin, "").json
    #expect(
      texts(first["replicas"])
        == ["bogota-7kq2m", "bogota-aaaaa", "bogota-bbbbb", "bogota-ccccc", "bogota-ddddd"])
    #expect(texts(first["former"]) == [])
    #expect(!ids.contains(where: works) && works(stranger.id.description))
    try desk.world.restartHub()
    #expect(!ids.contains(where: works))
    let lines = desk.get("/v1/replicas", token: desk.admin).json["replicas"]?.array ?? []
    #expect(lines.count == 6 && lines.count { $0["trouble"] == "revoked" } == 5)
    #expect(lines.first { $0["replica"] == "bogota-ddddd" }?["former"] == "bogota-ccccc")
    // Asked again it says the same.
    #expect(desk.post("/v1/replicas/bogota-7kq2m/revoke", token: desk.admin, "").json == first)
  }

  @Test("a replica's token that is taken back by its name ends the replica, and what came from it")
  func byToken() throws {
    let ids = try family()
    let name = SHA256.hash(Array("token-of-bogota-aaaaa".utf8)).hex.prefix(12)
    let answer = desk.post("/v1/tokens/\(name)/revoke", token: desk.admin, "")
    #expect(answer.status == 200 && texts(answer.json["replicas"])?.count == 3)
    #expect(ids.map(works) == [false, true, false, false])
    let lines = desk.get("/v1/replicas", token: desk.admin).json["replicas"]?.array ?? []
    #expect(lines.count { $0["trouble"] == "revoked" } == 3)
  }

  @Test("an identity and the end of what it came from in one group of requests leave nobody in")
  func atOnce() throws {
    let hash = SHA256.hash(Array("token-of-bogota-aaaaa".utf8)).hex
    let ask = Desk.http(
      "POST", "/v1/identity", token: scribe.token,
      body: Array(#"{"replica":"bogota-aaaaa","token":"\#(hash)"}"#.utf8))
    let revoke = Desk.http("POST", "/v1/replicas/bogota-7kq2m/revoke", token: desk.admin)
    let answers = desk.hub.handle([try desk.waiting(ask), try desk.waiting(revoke)]).map { $0?.status }
    #expect(answers == [200, 200])
    #expect(!works("bogota-aaaaa"))
  }

  @Test("fifty ids a day come from one, whichever of them asks, and the next when the first is a day old")
  func limit() throws {
    var asking = scribe.token
    for number in 0..<Directory.identitiesPerDay {
      #expect(take(id(number), with: asking).status == 200)
      // Some ask with the first token, others with the newest.
      if number.isMultiple(of: 3) { asking = "token-of-\(id(number))" }
      desk.world.time += 1_000
    }
    let before = try desk.stored()
    for token in [scribe.token, asking, "token-of-\(id(1))"] {
      let answer = take("bogota-zzzzz", with: token)
      #expect(answer.status == 429 && answer.code == "too-many-requests")
      #expect(answer.field("Retry-After") == "\(86_400 - Directory.identitiesPerDay)")
    }
    #expect(try desk.stored() == before)
    // Who got its id asks again, since the answer was lost; others are counted by themselves.
    #expect(take(id(0), with: scribe.token).status == 200)
    let other = try desk.scribe("bogota-yyyyy")
    #expect(take("bogota-xxxxx", with: other.token).status == 200)
    // And the old one works on.
    #expect(scribe.sync().status == 200)
    desk.world.time += (86_400 - Int64(Directory.identitiesPerDay)) * 1_000 - 1
    #expect(take("bogota-zzzzz", with: scribe.token).field("Retry-After") == "1")
    desk.world.time += 1
    #expect(take("bogota-zzzzz", with: scribe.token).status == 200)
    #expect(take("bogota-wwwww", with: scribe.token).status == 429)
  }

  @Test("a clock that was ahead for a while shuts nobody out when it is right again")
  func clock() throws {
    desk.world.time += 400 * 86_400_000
    for number in 0..<Directory.identitiesPerDay { #expect(take(id(number), with: scribe.token).status == 200) }
    #expect(take("bogota-zzzzz", with: scribe.token).status == 429)
    desk.world.time -= 400 * 86_400_000
    #expect(take("bogota-zzzzz", with: scribe.token).status == 200)
  }

  @Test("an id that was given up for a new one is not waited for by compaction, until it is heard again")
  func compaction() throws {
    let other = try desk.scribe("durban-4xw9c")
    scribe.push(scribe.title(1, Desk.record(1), "one"))
    let early = scribe.sync().cursor
    scribe.push(scribe.title(2, Desk.record(1), "two"), scribe.title(3, Desk.record(1), "three"))
    _ = other.sync()
    func compact() -> JSON { desk.post("/v1/compact", token: desk.admin, #"{"days":0}"#).json }
    #expect(compact()["hindmost"] == "bogota-7kq2m" && compact()["readByAll"] == 1)
    desk.world.time += 1_000
    #expect(take("bogota-aaaaa", with: scribe.token).status == 200)
    // Neither the old id nor the new one, which has no cursor, is waited for.
    #expect(compact()["hindmost"] == nil && compact()["readByAll"] == 3)
    desk.world.time += 1_000
    // Another copy of the file goes on, from where it was, and gets what there is.
    scribe.push(scribe.title(4, Desk.record(1), "four"))
    #expect(compact()["hindmost"] == "bogota-7kq2m" && compact()["readByAll"] == 1)
    let page = scribe.sync(cursor: early, own: 4)
    #expect(page.status == 200 && page.entries.contains { $0["state"]?["cells"] != nil }, "\(page.json)")
    #expect(page.cursor == desk.hub.log.head.description)
  }
}
