import Crypto
import Foundation
import HTTP
import Hub
import JSON
import Sync
import TestKit
import Testing

@Suite("Joining, identities and tokens")
struct JoinTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private func join(_ replica: String, _ token: String, _ invite: String) -> Answer {
    desk.post("/v1/join", token: nil, Desk.joinBody(replica, token, invite))
  }

  private func invite(_ member: String, days: Int? = nil) throws -> String {
    let days = days.map { ",\"days\":\($0)" } ?? ""
    let answer = desk.post("/v1/invites", token: desk.admin, "{\"member\":\"\(member)\"\(days)}")
    #expect(answer.status == 201)
    return try #require(answer.json["invite"]?.text?.string)
  }

  @Test("an invite works once; asking again with the same three is answered alike")
  func once() throws {
    let invite = try invite("bogota")
    let first = join("bogota-aaaaa", "token a", invite)
    #expect(first.json == ["protocol": 1, "hub": .string(desk.hub.hub), "replica": "bogota-aaaaa", "member": "bogota"])
    let before = try desk.stored()
    let again = join("bogota-aaaaa", "token a", invite)
    #expect(again.status == 200)
    #expect(again.response.body == first.response.body)
    for (replica, token) in [("bogota-aaaaa", "token b"), ("bogota-bbbbb", "token a"), ("bogota-bbbbb", "token b")] {
      let answer = join(replica, token, invite)
      #expect(answer.status == 403)
      #expect(answer.code == "bad-invite")
    }
    #expect(join("bogota-bbbbb", "token b", "no invite").code == "bad-invite")
    #expect(join("bogota-bbbbb", "token b", "").code == "bad-invite")
    #expect(try desk.stored() == before)
    // Also after it has expired: the answer was lost, not the join.
    desk.world.time += 100 * 86_400_000
    #expect(join("bogota-aaaaa", "token a", invite).status == 200)
  }

  @Test("an invite ends with its last day, to the millisecond", arguments: [1, 7, 90])
  func expires(_ days: Int) throws {
    let answer = desk.post("/v1/invites", token: desk.admin, #"{"member":"bogota","days":\#(days)}"#)
    #expect(answer.json["expires"] == .int(desk.world.time + Int64(days) * 86_400_000))
    let code = try #require(answer.json["invite"]?.text?.string)
    desk.world.time += Int64(days) * 86_400_000
    #expect(join("bogota-aaaaa", "token a", code).code == "bad-invite")
    desk.world.time -= 1
    #expect(join("bogota-aaaaa", "token a", code).status == 200)
  }

  @Test("without days an invite lasts seven, no two are alike, and each is of 128 bits")
  func standard() throws {
    // Five bits a letter, and what is left over.
    #expect(try invite("bogota").utf8.count == 26)
    let answer = desk.post("/v1/invites", token: desk.admin, #"{"member":"bogota"}"#)
    #expect(answer.json["expires"] == .int(desk.world.time + 7 * 86_400_000))
    #expect(Set(try (0..<50).map { _ in try invite("bogota") }).count == 50)
  }

  @Test("an invite of one member is none for another, a taken id and a taken token are refused, and it stays good")
  func others() throws {
    let invite = try invite("bogota")
    _ = try desk.scribe("bogota-7kq2m")
    let before = try desk.stored()
    #expect(join("durban-aaaaa", "token a", invite).code == "forbidden")
    #expect(join("bogota-x-aaaaa", "token a", invite).code == "forbidden")
    #expect(join("bogota-7kq2m", "token a", invite).code == "replica-taken")
    #expect(join("bogota-7kq2m", "token-of-bogota-7kq2m", invite).code == "replica-taken")
    #expect(join("bogota-aaaaa", "token-of-bogota-7kq2m", invite).code == "replica-taken")
    #expect(join("bogota-aaaaa", desk.admin, invite).code == "replica-taken")
    #expect(try desk.stored() == before)
    #expect(join("bogota-aaaaa", "token a", invite).status == 200)
  }

  @Test("a revoked replica is out at once and for good, its changes stay")
  func revoked() throws {
    let scribe = try desk.scribe("bogota-7kq2m")
    scribe.push(scribe.title(1, Desk.record(1), "one"))
    let revoke = Desk.http("POST", "/v1/replicas/bogota-7kq2m/revoke", token: desk.admin)
    let push = Desk.http(
      "POST", "/v1/changes", token: scribe.token,
      body: Array(Scribe.batch([scribe.title(2, Desk.record(1), "two")]).utf8))
    // In the same group already: who was asked for before gets an answer, who asks after does not.
    let read = Desk.http("GET", "/v1/digest", token: scribe.token)
    let answers = desk.hub.handle([try desk.waiting(read), try desk.waiting(revoke), try desk.waiting(push)]).compactMap
    { $0 }
    #expect(answers.map(\.status) == [200, 200, 401])
    #expect(Answer(answers[2]).code == "revoked")
    #expect(try desk.hub.directory.tokens().revoked.contains(SHA256.hash(Array(scribe.token.utf8))))
    try desk.world.restartHub()
    #expect(desk.send(push).code == "revoked")
    #expect(desk.get("/v1/records/\(Desk.record(1))", token: desk.admin).json["title"] == "one")
    let invite = try invite("bogota")
    #expect(join("bogota-7kq2m", "new token", invite).code == "replica-taken")
    #expect(join("bogota-aaaaa", scribe.token, invite).code == "replica-taken")
    #expect(desk.send(revoke).status == 200)
    let listed = desk.get("/v1/replicas", token: desk.admin).json["replicas"]?.array ?? []
    #expect(listed.contains { $0["replica"] == "bogota-7kq2m" && $0["trouble"] == "revoked" })
  }

  @Test("every token of a revoked replica is out, and no other one")
  func revokedAlone() throws {
    let (scribe, other) = (try desk.scribe("bogota-7kq2m"), try desk.scribe("bogota-m3x8d"))
    #expect(desk.post("/v1/replicas/bogota-7kq2m/revoke", token: desk.admin, "").json["revoked"] == "bogota-7kq2m")
    #expect(scribe.sync().code == "revoked")
    #expect(other.sync().status == 200)
    #expect(desk.get("/v1/status", token: desk.admin).status == 200)
  }

  @Test("a forked replica gets a second identity of its member, asking again is harmless, the old one stays")
  func identity() throws {
    let (scribe, other) = (try desk.scribe("bogota-7kq2m"), try desk.scribe("durban-4xw9c"))
    let token = "the second token"
    let hash = SHA256.hash(Array(token.utf8)).hex
    let body = #"{"replica":"bogota-aaaaa","token":"\#(hash)"}"#
    let first = desk.post("/v1/identity", token: scribe.token, body)
    #expect(first.json == ["protocol": 1, "hub": .string(desk.hub.hub), "replica": "bogota-aaaaa", "member": "bogota"])
    let before = try desk.stored()
    #expect(desk.post("/v1/identity", token: scribe.token, body).response.body == first.response.body)
    for (id, code) in [
      ("bogota-7kq2m", "replica-taken"), ("bogota-aaaaa", "replica-taken"), ("durban-aaaaa", "forbidden"),
    ] {
      let body = #"{"replica":"\#(id)","token":"\#(String(repeating: "cd", count: 32))"}"#
      #expect(desk.post("/v1/identity", token: scribe.token, body).code == code)
    }
    let stolen = body.replacing("bogota-aaaaa", with: "bogota-bbbbb")
    #expect(desk.post("/v1/identity", token: scribe.token, stolen).code == "replica-taken")
    // Another member's replica learns nothing by naming what is not its own.
    #expect(desk.post("/v1/identity", token: other.token, body).code == "forbidden")
    #expect(try desk.stored() == before)
    #expect(scribe.sync().status == 200)
    #expect(desk.get("/v1/digest", token: token).status == 200)
    let listed = desk.get("/v1/replicas", token: desk.admin).json["replicas"]?.array ?? []
    #expect(listed.contains { $0["replica"] == "bogota-aaaaa" && $0["former"] == "bogota-7kq2m" })
  }

  @Test("what the hub holds of a member is told by dot and hash, in the order asked for")
  func held() throws {
    let (scribe, copy) = (try desk.scribe("bogota-7kq2m"), try desk.scribe("bogota-m3x8d"))
    let changes = [
      scribe.title(1, Desk.record(1), "one"), scribe.change(2, Desk.record(1), Scribe.put("when", "soon")),
      scribe.change(3, Desk.record(2), #"{"erase":true}"#), scribe.title(4, Desk.record(2), "late"),
    ]
    let void = scribe.title(5, Desk.record(1), "void")
    scribe.push(changes[0], changes[1], changes[2], changes[3], try scribe.void(of: void))
    let again = copy.title(1, Desk.record(1), "one", extra: ",\"was\":\"\(try scribe.name(changes[0]))\"")
    copy.push(again)
    func dot(_ scribe: Scribe, _ n: Int, _ change: String) throws -> String {
      #"{"replica":"\#(scribe.id)","n":\#(n),"hash":"\#(try Scribe.hash(change))"}"#
    }
    var dots = try (changes + [void]).enumerated().map { try dot(scribe, $0 + 1, $1) }
    dots += [try dot(copy, 1, again), try dot(scribe, 1, void), try dot(scribe, 6, void), try dot(copy, 2, void)]
    dots.append(#"{"replica":"bogota-zzzzz","n":1,"hash":"\#(String(repeating: "0", count: 64))"}"#)
    for asker in [copy, scribe] {
      let answer = desk.post(
        "/v1/held", token: asker.token, "{\"changes\":[\(dots.reversed().joined(separator: ","))]}")
      #expect(answer.status == 200)
      let fates = (answer.json["fates"]?.array ?? []).reversed().map { $0["fate"]?.text?.string ?? "\($0)" }
      #expect(fates == ["applied", "rejected", "applied", "erased", "void", "applied", "null", "null", "null", "null"])
    }
    #expect(desk.post("/v1/held", token: copy.token, #"{"changes":[]}"#).json["fates"] == [])
  }

  @Test("no token and no invite stands in the hub's file, in no spelling")
  func clear() throws {
    let scribe = try desk.scribe("bogota-7kq2m")
    let invites = [try invite("bogota"), try invite("durban")]
    #expect(join("bogota-aaaaa", "a token that nobody may find", invites[0]).status == 200)
    scribe.push(scribe.title(1, Desk.record(1), "findable"))
    #expect(scribe.sync(report: #"{"clock":1,"conflicts":0,"pending":0,"rejected":0,"version":"9.9.9"}"#).status == 200)
    var files: [Data] = []
    try desk.world.restartHub {
      for ending in ["", "-wal", "-journal"] {
        let path = desk.world.folder.path("hub.db") + ending
        if let data = FileManager.default.contents(atPath: path) { files.append(data) }
      }
    }
    let secrets = invites + [scribe.token, desk.admin, "a token that nobody may find"]
    for data in files {
      for secret in secrets {
        #expect(data.range(of: Data(secret.utf8)) == nil, "\(secret)")
        #expect(data.range(of: Data(Hex.encode(Array(secret.utf8)).utf8)) == nil, "\(secret) in hexadecimal")
      }
    }
    // The search itself finds what is there.
    #expect(files.contains { $0.range(of: Data("findable".utf8)) != nil })
    #expect(files.contains { $0.range(of: Data(SHA256.hash(Array(scribe.token.utf8)).bytes)) != nil })
  }

  @Test("members are counted with their own replicas")
  func members() throws {
    #expect(desk.post("/v1/members", token: desk.admin, #"{"member":"bogota-x"}"#).status == 201)
    for id in ["bogota-aaaaa", "bogota-bbbbb", "bogota-x-aaaaa"] { _ = try desk.scribe(id) }
    let members = desk.get("/v1/members", token: desk.admin).json["members"]?.array ?? []
    let counts = members.compactMap { member in
      member["member"]?.text.map { "\($0) \(member["replicas"]?.integer ?? -1)" }
    }
    #expect(counts == ["bogota 2", "bogota-x 1", "durban 0"])
  }

  @Test("what a replica reports is shown, and a report that is none is passed over")
  func reports() throws {
    let scribe = try desk.scribe("bogota-7kq2m")
    scribe.push(scribe.title(1, Desk.record(1), "one"), scribe.title(2, Desk.record(1), "two"))
    func shown() -> JSON {
      desk.get("/v1/replicas", token: scribe.token).json["replicas"]?.array?.first { $0["replica"] == "bogota-7kq2m" }
        ?? .null
    }
    let report = #"{"clock":\#(desk.world.time + 500),"conflicts":1,"pending":2,"rejected":3,"version":"9.9"}"#
    _ = scribe.sync(limit: "1", report: report)
    let first = shown()
    #expect(first["version"] == "9.9")
    #expect(first["skew"] == 500)
    #expect([first["conflicts"], first["pending"], first["rejected"]] == [1, 2, 3])
    #expect(first["behind"] == 0)
    desk.world.time += 60_000
    for bad in [
      "null", "{}", "1", #"{"clock":"1","conflicts":0,"pending":0,"rejected":0,"version":"x"}"#,
      #"{"clock":1,"conflicts":0,"pending":0,"rejected":0,"version":"\#(String(repeating: "x", count: 65))"}"#,
    ] {
      #expect(scribe.sync(report: bad).status == 200)
      #expect(shown()["version"] == "9.9")
    }
    #expect(shown()["contact"] == .int(desk.world.time))
    #expect(scribe.sync(own: 1).code == "forked")
    #expect(shown()["trouble"] == "forked")
    _ = scribe.sync()
    #expect(shown()["trouble"] == nil)
  }
}
