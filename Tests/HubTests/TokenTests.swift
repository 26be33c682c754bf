import Crypto
import HTTP
import Hub
import JSON
import TestKit
import Testing

@Suite("Tokens that an administrator hands out")
struct TokenTests {
  private let desk: Desk
  init() throws { desk = try Desk() }

  private func add(_ body: String) -> Answer { desk.post("/v1/tokens", token: desk.admin, body) }

  private func list() -> [JSON] { desk.get("/v1/tokens", token: desk.admin).json["tokens"]?.array ?? [] }

  @Test("a token is shown once, works at once, is listed without itself, and is out as soon as it is taken back")
  func life() throws {
    let made = add(#"{"role":"reader","label":"the city's map"}"#)
    #expect(made.status == 201)
    let (token, id) = (
      try #require(made.json["token"]?.text?.string), try #require(made.json["id"]?.text?.string)
    )
    #expect(desk.get("/v1/digest", token: token).status == 200)
    let line = try #require(list().first { $0["id"]?.text?.string == id })
    #expect(line["label"] == "the city's map")
    #expect(line["role"] == "reader")
    #expect(line["revoked"] == nil)
    let stored = try desk.stored().joined(separator: "\n")
    #expect(!stored.contains(token))
    #expect(!desk.get("/v1/tokens", token: desk.admin).response.body.contains(Array(token.utf8)))
    for _ in 0..<2 { #expect(desk.post("/v1/tokens/\(id)/revoke", token: desk.admin, "").status == 200) }
    #expect(desk.get("/v1/digest", token: token).code == "revoked")
    try desk.world.restartHub()
    #expect(desk.get("/v1/digest", token: token).code == "revoked")
    #expect(list().first { $0["id"]?.text?.string == id }?["revoked"] == .int(desk.world.time))
  }

  @Test("an integrator gets an id of its own in its member's name, which no replica can take")
  func integrator() throws {
    let made = add(#"{"role":"integrator","member":"bogota","label":"CRM"}"#).json
    let replica = try #require(made["replica"]?.text?.string)
    #expect(made["member"] == "bogota")
    #expect(replica.hasPrefix("bogota-"))
    let invite = try desk.world.invite("bogota")
    #expect(desk.post("/v1/join", token: nil, Desk.joinBody(replica, "t", invite)).code == "replica-taken")
    let second = add(#"{"role":"integrator","member":"bogota","label":"CRM"}"#).json["replica"]
    #expect(second != made["replica"])
  }

  @Test(
    "a token that could not be meant is refused, and none is made",
    arguments: [
      (#"{"role":"replica","label":"x"}"#, "bad-request"), (#"{"role":"root","label":"x"}"#, "bad-request"),
      (#"{"label":"x"}"#, "bad-request"), (#"{"role":"reader"}"#, "bad-request"),
      (#"{"role":"reader","label":""}"#, "bad-request"), (#"{"role":"reader","label":"a\nb"}"#, "bad-request"),
      (#"{"role":"reader","label":"a\u202Eb"}"#, "bad-request"),
      (#"{"role":"reader","label":"a\u009Bb"}"#, "bad-request"),
      (#"{"role":"reader","label":"a\u007Fb"}"#, "bad-request"),
      (#"{"role":"reader","label":"a\u2028b"}"#, "bad-request"),
      (#"{"role":"reader","label":"a\u2066b"}"#, "bad-request"),
      (#"{"role":"reader","label":"a\u0000b"}"#, "bad-request"),
      (#"{"role":"integrator","label":"x"}"#, "bad-request"),
      (#"{"role":"admin","member":"bogota","label":"x"}"#, "bad-request"),
      (#"{"role":"reader","member":"quito","label":"x"}"#, "bad-request"),
      (#"{"role":"reader","member":null,"label":"x"}"#, "bad-request"),
      (#"{"role":"integrator","member":"quito","label":"x"}"#, "unknown-member"),
    ])
  func refused(_ body: String, _ code: String) {
    let before = list().count
    #expect(add(body).code == code)
    #expect(list().count == before)
  }

  @Test("a label may be written in any script, from right to left too")
  func scripts() {
    for label in ["مكتب طرابلس", "Bogotá – oficina", "東京", "\u{200F}طرابلس"] {
      #expect(add(#"{"role":"reader","label":"\#(label)"}"#).status == 201, "\(label)")
    }
  }

  @Test("the last administrator's token cannot be taken back, one of two can")
  func lastAdministrator() throws {
    let first = try #require(list().first { $0["role"] == "admin" }?["id"]?.text?.string)
    #expect(desk.post("/v1/tokens/\(first)/revoke", token: desk.admin, "").code == "forbidden")
    let second = try #require(add(#"{"role":"admin","label":"the deputy"}"#).json["token"]?.text?.string)
    #expect(desk.post("/v1/tokens/\(first)/revoke", token: second, "").status == 200)
    #expect(desk.get("/v1/status", token: desk.admin).code == "revoked")
    #expect(desk.get("/v1/status", token: second).status == 200)
    #expect(desk.post("/v1/tokens/000000000000/revoke", token: second, "").code == "not-found")
  }

  @Test("the administrator's file can be made anew without shutting the deputy out")
  func fileLost() throws {
    let deputy = try #require(add(#"{"role":"admin","label":"the deputy"}"#).json["token"]?.text?.string)
    try desk.hub.log.transaction { try desk.hub.directory.setAdminToken(SHA256.hash(Array("new".utf8)), now: 5) }
    #expect(desk.get("/v1/status", token: desk.admin).code == "revoked")
    #expect(desk.get("/v1/status", token: "new").status == 200)
    #expect(desk.get("/v1/status", token: deputy).status == 200)
  }
}
