import HTTP
import Hub
import JSON
import Sync
import TestKit
import Testing

@Suite("The list of records")
struct RecordListTests {
  private let desk: Desk
  private let scribe: Scribe
  private let reader: String

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-aaaaa")
    reader = try desk.token("reader")
  }

  private func ids(_ answer: Answer) -> [String] {
    answer.json["records"]?.array?.compactMap { $0["id"]?.text?.string } ?? []
  }

  private func id(_ number: Int) -> String { Desk.record(number).description }

  private func list(_ query: String = "") -> Answer { desk.get("/v1/records" + query, token: reader) }

  @Test("pages follow each other, and the last cursor tells later what has changed since")
  func pages() throws {
    for n in 1...7 { scribe.push(scribe.title(Int64(n), Desk.record(n), "number \(n)")) }
    var (found, cursor, rounds) = ([String](), "", 0)
    repeat {
      let page = list("?limit=3" + (cursor.isEmpty ? "" : "&cursor=\(cursor)"))
      #expect(page.status == 200)
      found += ids(page)
      cursor = try #require(page.json["cursor"]?.text?.string)
      rounds += 1
      // What changes behind the reader moves on before it.
      if rounds == 1 { scribe.push(scribe.title(8, Desk.record(2), "again")) }
      if page.json["more"] == false { break }
    } while rounds < 10
    #expect(found == [1, 2, 3, 4, 5, 6, 7, 2].map(id))
    #expect(ids(list("?cursor=\(cursor)")).isEmpty)
    scribe.push(scribe.title(9, Desk.record(5), "later"))
    #expect(ids(list("?cursor=\(cursor)")) == [id(5)])
  }

  @Test("kind, words, member, conflicts and time choose")
  func filters() throws {
    let durban = try desk.scribe("durban-bbbbb")
    scribe.push(
      scribe.title(1, Desk.record(1), "Foro de Paz en Bogotá"), scribe.title(2, Desk.record(2), "Another"),
      scribe.change(3, Desk.record(3), Scribe.put("title", "Somebody"), kind: "publication"))
    desk.world.time += 1_000
    let time = desk.world.time
    durban.push(durban.title(1, Desk.record(2), "Clash"), durban.title(2, Desk.record(4), "Peace in Durban"))
    #expect(ids(list("?kind=event")) == [1, 2, 4].map(id))
    #expect(ids(list("?kind=publication")) == [id(3)])
    #expect(ids(list("?text=BOGOTA%20paz".replacing("%20", with: " "))) == [id(1)])
    #expect(ids(list("?text=paz nowhere")).isEmpty)
    let most = ["foro"] + (0..<15).map { "w\($0)" }
    #expect(list("?text=\(most.joined(separator: " "))").status == 200)
    #expect(ids(list("?text=\(Array(repeating: "foro", count: 100).joined(separator: " "))")) == [id(1)])
    #expect(ids(list("?member=durban")) == [2, 4].map(id))
    #expect(ids(list("?conflicts=true")) == [id(2)])
    #expect(ids(list("?updated_since=\(time)")) == [2, 4].map(id))
    #expect(list("?conflicts=true").json["records"]?.array?[0]["conflicts"]?.array?.count == 1)
  }

  @Test("deleted and erased records are told only to who asks for them, and without what they held")
  func deleted() throws {
    let first = scribe.title(1, Desk.record(1), "goes")
    let name = try scribe.name(first)
    let list = #"{"deleted":{"\#(name)":[["title"]]}}"#
    scribe.push(
      first, scribe.change(2, Desk.record(1), #"{"put":["@life"],"value":\#(list)}"#),
      scribe.title(3, Desk.record(2), "secret"), scribe.change(4, Desk.record(2), #"{"erase":true}"#))
    #expect(ids(self.list()).isEmpty)
    let all = self.list("?deleted=true")
    #expect(ids(all) == [1, 2].map(id))
    #expect(all.json["records"]?.array?[0]["deleted"] == true)
    #expect(all.json["records"]?.array?[1]["erased"] == true)
    #expect(!all.json.description.contains("secret"))
  }

  @Test("nothing is sent twice to who has it, until something changes")
  func tags() throws {
    scribe.push(scribe.title(1, Desk.record(1), "one"))
    var request = Desk.http("GET", "/v1/records?kind=event", token: reader, type: nil)
    let tag = try #require(desk.send(request).field("ETag"))
    request.fields.append(HTTPField("If-None-Match", "W/\"x\", \(tag)"))
    #expect(desk.send(request).status == 304)
    var other = Desk.http("GET", "/v1/records?kind=contact", token: reader, type: nil)
    other.fields.append(HTTPField("If-None-Match", tag))
    #expect(desk.send(other).status == 200)
    scribe.push(scribe.title(2, Desk.record(1), "two"))
    #expect(desk.send(request).status == 200)
  }

  @Test(
    "what cannot be asked is refused by name",
    arguments: [
      "kinds=event", "kind=house", "kind=", "member=B", "conflicts=yes", "deleted=1", "updated_since=-1",
      "updated_since=9999999999999999999", "updated_since=01", "updated_since=9007199254740992", "limit=1001",
      "limit=x", "kind=event&kind=event", "text=\((0...16).map { "w\($0)" }.joined(separator: " "))",
      "text=\(String(repeating: "a", count: 501))",
    ])
  func refused(_ query: String) {
    let answer = list("?\(query)")
    #expect(answer.status == 400 && answer.json["code"] == "bad-request", "\(answer.json)")
  }

  @Test("a cursor of another history is refused", arguments: ["x", "c1.otherhub12.1.0000000000000000"])
  func foreignCursor(_ cursor: String) throws {
    #expect(list("?cursor=\(cursor)").json["code"] == "bad-cursor")
    #expect(list("?cursor=c1.\(desk.hub.hub).0.0000000000000001").json["code"] == "bad-cursor")
  }
}
