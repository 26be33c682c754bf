import Crypto
import HTTP
import Hub
import JSON
import Replica
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("The feed")
struct FeedTests {
  private let desk: Desk
  private let scribe: Scribe
  private let other: Scribe

  init() throws {
    desk = try Desk()
    scribe = try desk.scribe("bogota-7kq2m")
    other = try desk.scribe("durban-4xw9c")
  }

  private var beginning: String { "c1.\(desk.hub.hub).0.0000000000000000" }

  private func fill(_ count: Int, seed: UInt64) throws { try desk.fill(count, seed: seed, scribe, other) }

  @Test("pages of every limit give the same sequence and end at the head", arguments: [UInt64(1), 2])
  func pages(_ seed: UInt64) throws {
    try fill(60, seed: seed)
    let whole = scribe.sync(cursor: beginning, limit: "1000")
    #expect(whole.hasMore == false)
    #expect(whole.cursor == desk.hub.log.head.description)
    for limit in 1...7 {
      let read = scribe.readAll(from: beginning, limit: limit)
      #expect(read.entries == whole.entries, "limit \(limit)")
      #expect(read.cursor == whole.cursor)
    }
    let states = scribe.sync(limit: "1000")
    for limit in 1...7 {
      desk.hub.log.mostWalked = Int64(8 - limit)
      let read = scribe.readAll(limit: limit)
      #expect(read.entries == states.entries, "limit \(limit)")
      #expect(read.cursor == states.cursor)
    }
  }

  @Test("a reader of changes and a reader of states end with what the hub holds", arguments: [UInt64(4), 5])
  func fold(_ seed: UInt64) throws {
    try fill(60, seed: seed)
    let reader = try desk.scribe("durban-aaaaa")
    for cursor in [beginning, nil] {
      for limit in [1, 3, 1_000] {
        var written = 0
        let read = try reader.readAll(from: cursor, limit: limit) {
          written += 1
          if written < 20 { try fill(1, seed: seed &+ UInt64(written)) }
        }
        #expect(read.cursor == desk.hub.log.head.description)
        #expect(try Self.fold(read.entries).mapValues(\.hash) == desk.hashes(), "limit \(limit), from \(cursor ?? "")")
      }
    }
  }

  /// The states that a reader ends with (7.6 without own changes).
  private static func fold(_ entries: [JSON]) throws -> [RecordID: RecordState] {
    var bases: [RecordID: (seq: Int64, state: RecordState)] = [:]
    for json in entries {
      let seq = try #require(json["seq"]?.integer)
      let time = try #require(json["time"]?.integer)
      if let bytes = json["change"]?.canonical() {
        let change = try Change(bytes: bytes)
        var base = bases[change.record] ?? (0, RecordState(record: change.record, kind: change.kind))
        guard seq > base.seq else { continue }
        base.state.apply(change, time: min(change.at, time))
        bases[change.record] = (seq, base.state)
      } else if let bytes = json["state"]?.canonical() {
        let state = try RecordState(canonicalBytes: bytes)
        if seq >= bases[state.record]?.seq ?? 0 { bases[state.record] = (seq, state) }
      } else if let erasure = json["erasure"] {
        let id = try #require(erasure["record"]?.text.flatMap { RecordID($0) })
        var state = RecordState(record: id, kind: try #require(erasure["kind"]?.text))
        state.erase()
        bases[id] = (max(seq, bases[id]?.seq ?? 0), state)
      } else {
        throw TestError("an entry of no known meaning: \(json)")
      }
    }
    return bases.mapValues(\.state)
  }

  @Test("a replica gets stubs of its own changes, another one and the administrator the changes")
  func stubs() throws {
    let change = scribe.title(1, Desk.record(1), "one")
    scribe.push(change)
    let stub: JSON = ["hash": .string(Text(try Scribe.hash(change).hex)), "n": 1]
    for answer in [
      scribe.sync(cursor: beginning), desk.get("/v1/changes?since=\(beginning)", token: scribe.token),
    ] {
      #expect(answer.entries.count == 1)
      #expect(answer.entries.first?["own"] == stub)
      #expect(answer.entries.first?["change"] == nil)
      #expect(answer.json["own"] == stub)
    }
    for token in [other.token, desk.admin] {
      let answer = desk.get("/v1/changes?since=\(beginning)", token: token)
      #expect(answer.entries.first?["change"]?.canonical() == (try JSON.parse(Array(change.utf8)).canonical()))
      #expect(answer.json["own"]?["n"] == 0)
    }
    // The copy's own id is another: what it wrote as another replica comes whole.
    let copy = try desk.scribe("bogota-m3x8d")
    #expect(copy.sync(cursor: beginning).entries.first?["change"] != nil)
  }

  @Test("without a cursor come states only, with a cursor that is catching up until the head; then changes")
  func catchingUp() throws {
    for n in 1...5 { scribe.push(scribe.title(Int64(n), Desk.record(n), "title \(n)")) }
    let first = other.sync(limit: "2")
    #expect(first.entries.compactMap { $0["seq"]?.integer } == [1, 2])
    #expect(first.entries.allSatisfy { $0["state"] != nil })
    #expect(first.cursor?.hasPrefix("s1.") == true)
    #expect(first.hasMore == true)
    // A record that was read, one that was not, and a new one change between the pages.
    let names = try [1, 4].map { try scribe.name(scribe.title(Int64($0), Desk.record($0), "title \($0)")) }
    scribe.push(
      scribe.title(6, Desk.record(1), "again", over: [names[0]]),
      scribe.title(7, Desk.record(4), "again", over: [names[1]]), scribe.title(8, Desk.record(8), "new"))
    let rest = other.readAll(from: first.cursor, limit: 2)
    #expect(rest.entries.compactMap { $0["seq"]?.integer } == [3, 5, 6, 7, 8])
    #expect(rest.entries.allSatisfy { $0["state"] != nil })
    #expect(rest.cursor == desk.hub.log.head.description)
    scribe.push(scribe.title(9, Desk.record(1), "later"))
    let later = other.sync(cursor: rest.cursor)
    #expect(later.entries.count == 1)
    #expect(later.entries.first?["change"] != nil)
  }

  @Test("a reader more than 20,000 entries behind gets states, one just so far behind gets changes")
  func farBehind() throws {
    scribe.push(scribe.title(1, Desk.record(1), "one"), scribe.title(2, Desk.record(2), "two"))
    let early = scribe.sync(cursor: beginning).cursor
    // Rows that only use up numbers, past the service: two thousand requests would take too long.
    let hash = SHA256.hash([]).bytes
    try desk.store.connection.run(
      """
      WITH RECURSIVE k(n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM k WHERE n < 20002)
      INSERT INTO log(pos, replica, n, record, prev, time, hash, chain, fate, flags)
      SELECT n, 1, n, 0, 0, 1, ?1, 7, 3, 0 FROM k
      """, .bytes(hash))
    try desk.setPoint(seq: 20_002, chain: 7)
    try desk.world.restartHub()
    let page = other.sync(cursor: early, limit: "1")
    #expect(page.status == 200)
    #expect(page.entries.isEmpty)
    #expect(page.cursor?.hasPrefix("c1.") == true)
    #expect(page.hasMore == true)
    for (cursor, isFar) in [(beginning, true), (early, false)] {
      let found = other.readAll(from: cursor, limit: 1_000)
      #expect(found.entries.contains { $0["state"] != nil } == isFar)
      #expect(found.cursor == desk.hub.log.head.description)
    }
  }

  @Test("a page ends after the entry that reaches a mebibyte, and is read on without loss")
  func pageBytes() throws {
    let text = String(repeating: "x", count: 200_000)
    for n in 1...12 { scribe.push(scribe.change(Int64(n), Desk.record(n), Scribe.put("other", text))) }
    for cursor in [beginning, nil] {
      let page = other.sync(cursor: cursor, limit: "1000")
      #expect(page.entries.count == 6)
      #expect(page.hasMore == true)
      #expect(other.readAll(from: cursor, limit: 1_000).entries.count == 12)
    }
  }

  @Test("an entry that met an awaited mark is for ever the record's state as it is now")
  func awaited() throws {
    let record = Desk.record(1)
    let (first, second) = (scribe.title(1, record, "first"), scribe.title(2, record, "second"))
    // The successor comes before what it replaces, as after a hub's restore from a backup.
    other.push(other.title(1, record, "successor", over: [try scribe.name(second)]))
    #expect(try desk.store.records.find(record)?.state.awaited.count == 1)
    scribe.push(first)
    scribe.push(second)
    #expect(try desk.store.records.find(record)?.state.awaited.isEmpty == true)
    #expect(try desk.store.records.find(record)?.state.cells.count == 2)
    scribe.push(scribe.title(3, record, "third"))
    let reader = try desk.scribe("durban-aaaaa")
    let entries = reader.sync(cursor: beginning).entries
    #expect(entries.map { $0["state"] != nil } == [true, true, true, false])
    let now = try #require(try desk.store.records.find(record))
    for entry in entries.prefix(3) {
      #expect(entry["state"]?.canonical() == now.state.canonicalBytes())
      #expect(entry["seq"] == 4)
    }
    // The writer too gets a state where a mark was met, never a stub that it would apply itself.
    #expect(scribe.sync(cursor: beginning).entries.map { $0["own"] != nil } == [false, false, false, true])
  }

  @Test("a refused or void change clears the marks for its name, and that entry travels as a state")
  func awaitedRefused() throws {
    for isVoid in [false, true] {
      let desk = try Desk()
      let (scribe, other) = (try desk.scribe("bogota-7kq2m"), try desk.scribe("durban-4xw9c"))
      let record = Desk.record(1)
      let refused = scribe.change(1, record, Scribe.put("when", "soon"))
      other.push(other.title(1, record, "successor", over: [try scribe.name(refused)]))
      let seen = other.sync().cursor
      scribe.push(isVoid ? try scribe.void(of: refused) : refused)
      let stored = try #require(try desk.store.records.find(record))
      #expect(stored.state.awaited.isEmpty)
      #expect(stored.seq == 2)
      let entries = other.sync(cursor: seen).entries
      #expect(entries.count == 1)
      #expect(entries.first?["state"]?.canonical() == stored.state.canonicalBytes())
      #expect(try desk.summedDigest() == desk.hub.log.digest)
    }
  }

  @Test("erased records are erasures in every feed, whatever their entries were before")
  func erasures() throws {
    let record = Desk.record(1)
    let late = ChangeName(replica: scribe.id, n: 9, hash: 1)
    scribe.push(scribe.title(1, record, "one", over: [late]), scribe.title(2, record, "two"))
    other.push(other.change(1, record, #"{"erase":true}"#))
    scribe.push(scribe.title(3, record, "late"))
    let reader = try desk.scribe("durban-aaaaa")
    let entries = reader.sync(cursor: beginning).entries
    #expect(entries.filter { $0["erasure"] != nil }.count == 3)
    #expect(entries.filter { $0["change"]?["ops"] == [["erase": true]] }.count == 1)
    #expect(entries.count == 4)
    let states = reader.sync().entries
    #expect(states.count == 1)
    #expect(states.first?["erasure"]?["record"] == .string(record.text))
  }
}
