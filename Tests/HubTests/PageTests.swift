import Crypto
import HTTP
import Hub
import JSON
import Store
import Sync
import TestKit
import Testing

@Suite("Pages of what is read")
struct PageTests {
  private let desk: Desk
  private let scribe: Scribe
  private let other: Scribe

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-aaaaa")
    other = try desk.scribe("durban-bbbbb")
  }

  private func get(_ target: String) -> Answer { desk.get(target, token: scribe.token) }

  /// All pages of a list, from its beginning to the page that says it is the last.
  private func pages(_ target: String, between: () throws -> Void = {}) throws -> [Answer] {
    var (pages, cursor) = ([Answer](), "")
    while pages.count < 100 {
      let page = get(target + (cursor.isEmpty ? "" : "&cursor=\(cursor)"))
      try #require(page.status == 200, "\(page.json)")
      pages.append(page)
      if page.json["more"] == false { return pages }
      cursor = try #require(page.json["cursor"]?.text?.string)
      try between()
    }
    throw TestError("\(target) has no end")
  }

  private func seqs(_ page: Answer) -> [Int64] { page.json["changes"]?.array?.compactMap { $0["seq"]?.integer } ?? [] }

  private func ids(_ page: Answer) -> [String] {
    page.json["records"]?.array?.compactMap { $0["id"]?.text?.string } ?? []
  }

  private func long(_ n: Int64, _ record: RecordID, _ count: Int) -> String {
    scribe.change(n, record, Scribe.put("x-note", String(repeating: "y", count: count)))
  }

  /// Records 1 to `count` in conflict, each with a value of so many bytes.
  private func clash(_ count: Int, bytes: Int = 5) {
    let value = String(repeating: "z", count: bytes)
    for n in 1...count {
      scribe.push(scribe.title(Int64(n), Desk.record(n), "bogota"))
      other.push(other.change(Int64(n), Desk.record(n), Scribe.put("title", "durban"), Scribe.put("x-note", value)))
    }
  }

  @Test("a history is told to its end, page by page, newest first")
  func history() throws {
    for n in 1...12 { scribe.push(scribe.title(Int64(n), Desk.record(n % 2), "\(n)")) }
    let target = "/v1/records/\(Desk.record(0))/history"
    for limit in [1, 2, 3, 6, 1_000] {
      let found = try pages("\(target)?limit=\(limit)")
      #expect(found.flatMap(seqs) == [12, 10, 8, 6, 4, 2], "limit \(limit)")
      #expect(found.allSatisfy { seqs($0).count <= limit })
      #expect(found.last?.json["cursor"] == nil)
    }
    // What is written meanwhile is newer than what is still to be told.
    var n: Int64 = 12
    let found = try pages("\(target)?limit=2") {
      n += 1
      scribe.push(scribe.title(n, Desk.record(0), "later"))
    }
    #expect(found.flatMap(seqs) == [12, 10, 8, 6, 4, 2])
    let none = get("\(target)?limit=0").json
    #expect(none["changes"] == [] && none["more"] == true)
  }

  @Test("an answer is a page of bytes and one entry more at most")
  func bytes() throws {
    let each = 200_000
    for n in 1...10 { scribe.push(long(Int64(n), Desk.record(1), each)) }
    let histories = try pages("/v1/records/\(Desk.record(1))/history?limit=1000")
    #expect(histories.flatMap(seqs) == Array((1...10).reversed()))
    #expect(histories.allSatisfy { $0.response.body.count < Limits.pageBytes + each + 10_000 })
    #expect(histories.dropLast().allSatisfy { $0.response.body.count >= Limits.pageBytes })
  }

  @Test("a cursor of anything else is refused")
  func foreign() throws {
    clash(4)
    let history = "/v1/records/\(Desk.record(1))/history?limit=1"
    let theirs = try #require(get("/v1/records/\(Desk.record(2))/history?limit=1").json["cursor"]?.text?.string)
    let start = "c1.\(desk.hub.hub).0.\(Hex.encode(Chain.start.prefix))"
    for cursor in ["x", "", "c1.otherhub12.1.0000000000000000", start, theirs] {
      #expect(get("\(history)&cursor=\(cursor)").json["code"] == "bad-cursor", "\(cursor)")
    }
    for cursor in ["x", "", theirs, Desk.record(99).description] {
      #expect(get("/v1/conflicts?cursor=\(cursor)").json["code"] == "bad-cursor", "\(cursor)")
    }
  }

  @Test("conflicts are told to their end, though some are settled and others come meanwhile")
  func conflicts() throws {
    clash(9)
    for limit in [1, 2, 4, 9, 1_000] {
      let found = try pages("/v1/conflicts?limit=\(limit)")
      #expect(found.flatMap(ids) == (1...9).map { Desk.record($0).description }, "limit \(limit)")
      #expect(found.allSatisfy { $0.json["total"] == 9 && ids($0).count <= limit })
      #expect(found.last?.json["cursor"] == nil)
    }
    var n: Int64 = 9
    let found = try pages("/v1/conflicts?limit=2") {
      // The record that the next page begins with is erased before it is asked for.
      n += 1
      if n == 10 { scribe.push(scribe.change(n, Desk.record(3), #"{"erase":true}"#)) }
    }
    #expect(found.flatMap(ids) == [1, 2, 4, 5, 6, 7, 8, 9].map { Desk.record($0).description })
  }

  @Test("a page of records or conflicts unfolds no more than it may, and the next one goes on behind")
  func unfolding() throws {
    clash(8, bytes: 10_000)
    for mostBytes in [1, 15_000, 25_000] {
      desk.hub.budget = ReadBudget()
      desk.hub.budget.mostBytes = mostBytes
      let most = mostBytes / 10_000 + 1
      for target in ["/v1/conflicts?limit=1000", "/v1/records?limit=1000", "/v1/records?conflicts=true"] {
        let found = try pages(target)
        #expect(found.flatMap(ids) == (1...8).map { Desk.record($0).description }, "\(target)")
        #expect(found.allSatisfy { ids($0).count <= most }, "\(target)")
      }
      // What is looked at in vain counts as well, and what is searched counts more.
      #expect(try pages("/v1/records?text=nowhere").count >= 8)
      #expect(try pages("/v1/records?member=durban").flatMap(ids).count == 8)
    }
    // So does what is passed over for what stands behind its state.
    desk.hub.budget.mostBytes = 2_500
    let page = get("/v1/records?deleted=true")
    #expect(ids(page).count == 1 && page.json["more"] == true)
    for n in 1...8 { scribe.push(scribe.change(Int64(n) + 8, Desk.record(n), #"{"put":["@life"],"value":"alive"}"#)) }
    desk.hub.budget.mostBytes = 2_600
    #expect(try pages("/v1/records?conflicts=true").flatMap(ids).count == 8)
  }

  @Test("records that do not match are passed over some at a time")
  func passing() throws {
    for n in 1...8 { scribe.push(long(Int64(n), Desk.record(n), 8_000)) }
    desk.hub.budget.mostBytes = 2_500
    let found = try pages("/v1/records?conflicts=true")
    #expect(found.flatMap(ids).isEmpty)
    #expect((2...4).contains(found.count), "\(found.count)")
  }

  @Test("entries are walked along some at a time, by lists and by readers of states")
  func walking() throws {
    for n in 1...20 { scribe.push(scribe.title(Int64(n), Desk.record(1), "\(n)")) }
    desk.hub.budget.mostEntries = 3
    let found = try pages("/v1/records?limit=10")
    #expect(found.map { ids($0).count } == [0, 0, 0, 0, 0, 0, 1])
    try desk.fill(40, seed: 3, try desk.scribe("bogota-ccccc"), other)
    let whole = other.readAll(limit: 1_000)
    desk.hub.log.mostWalked = 3
    let read = other.readAll(limit: 1_000)
    #expect(read.entries == whole.entries)
    #expect(read.cursor == whole.cursor)
    #expect(other.sync(limit: "1000").hasMore == true)
    #expect(other.sync(limit: "1000").cursor?.hasPrefix("s1.") == true)
  }

  @Test("what is counted is what there is")
  func counting() throws {
    try desk.fill(120, seed: 5, scribe, other)
    let gone = try desk.scribe("bogota-ccccc")
    let made = gone.title(1, Desk.record(50), "goes")
    gone.push(
      made,
      gone.change(2, Desk.record(50), #"{"put":["@life"],"value":{"deleted":{"\#(try gone.name(made))":[["title"]]}}}"#)
    )
    let status = desk.get("/v1/status", token: desk.admin).json
    let live = try pages("/v1/records?limit=1000").flatMap(ids).count
    #expect(status["records"] == .int(Int64(live)))
    #expect(try pages("/v1/records?limit=1000&deleted=true").flatMap(ids).count > live)
    #expect(status["conflicts"] == get("/v1/conflicts").json["total"])
    #expect(status["conflicts"] == .int(Int64(try pages("/v1/conflicts?limit=1").flatMap(ids).count)))
  }
}
