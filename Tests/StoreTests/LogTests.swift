import Crypto
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

extension String {
  var asText: Text { Text(self) }
}

@Suite("The log's table")
struct LogTests {
  private let bench: Bench
  private var log: LogTable { bench.store.log }

  init() throws { bench = try Bench() }

  private func expectSame(_ one: LogRow?, _ two: LogRow) {
    #expect(one.map { "\($0)" } == "\(two)")
  }

  @Test("a row comes back as it went in, with every fate and flag and at the edges of its numbers")
  func roundTrip() throws {
    let fates: [LogRow.Fate] = [.pending, .applied, .rejected, .void, .erased, .duplicate, .marker, .pendingVoid]
    for (index, fate) in fates.enumerated() {
      for outside in [false, true] {
        let pos = Int64(index * 2 + (outside ? 2 : 1))
        var row = Bench.row(pos, fate: fate)
        (row.isOutside, row.travelsAsState) = (outside, index % 2 == 0)
        if index == 0 { (row.time, row.chain, row.seq) = (.min, .max, nil) }
        if index == 1 { (row.time, row.chain, row.n) = (.max, 0, 9_007_199_254_740_991 - (outside ? 1 : 0)) }
        let body: [UInt8]? = outside ? nil : Array("{\(pos)}".utf8)
        try log.append(row, body: body)
        expectSame(try log.row(pos), row)
        expectSame(try log.row(replica: 1, n: row.n), row)
        #expect(try log.body(pos) == body)
        #expect(try log.chain(at: pos) == row.chain)
        #expect(try log.lastPosition() == pos)
      }
    }
    #expect(try log.lastNumber(of: 1) == 9_007_199_254_740_991)
    #expect(try log.lastNumber(of: 2) == 0)
    #expect(try log.row(99) == nil)
    #expect(try log.row(replica: 2, n: 1) == nil)
    #expect(try log.chain(at: 99) == nil)
    #expect(try log.chain(at: 0) == 0)
    #expect(throws: SQLiteError.self) { try log.append(Bench.row(1), body: nil) }
    var sameDot = Bench.row(100)
    sameDot.n = 5
    #expect(throws: SQLiteError.self) { try log.append(sameDot, body: nil) }
  }

  @Test("a row that is written again keeps what it is")
  func update() throws {
    try log.append(Bench.row(1, fate: .pending), body: [1])
    var row = try #require(try log.row(1))
    (row.seq, row.time, row.fate, row.isOutside, row.travelsAsState) = (7, 8, .applied, true, true)
    try log.update(row)
    expectSame(try log.row(1), row)
    #expect(try log.outside(record: 1).map(\.0.pos) == [1])
    #expect(try log.outside(record: 1).first?.1 == [1])
    row.seq = nil
    row.isOutside = false
    try log.update(row)
    expectSame(try log.row(1), row)
    #expect(try log.outside(record: 1).isEmpty)
  }

  @Test("a record's history is its rows from the newest back, and can be left early")
  func history() throws {
    var last: [Int64: Int64] = [:]
    var expected: [Int64: [Int64]] = [:]
    var random = SeededRandom(5)
    for pos in 1...40 {
      let record = Int64(random.below(3) + 1)
      try log.append(Bench.row(Int64(pos), prev: last[record] ?? 0, record: record), body: nil)
      last[record] = Int64(pos)
      expected[record, default: []].insert(Int64(pos), at: 0)
    }
    for (record, positions) in expected {
      var found: [Int64] = []
      try log.history(from: last[record] ?? 0) { row in
        found.append(row.pos)
        return true
      }
      #expect(found == positions)
      found = []
      try log.history(from: last[record] ?? 0) { row in
        found.append(row.pos)
        return found.count < 3
      }
      #expect(found == Array(positions.prefix(3)))
    }
    try log.history(from: 0) { _ in throw TestError("no row is there") }
    try log.history(from: 999) { _ in throw TestError("no row is there") }
  }

  @Test(
    "a history that runs in a circle or forward is an error", arguments: [Int64(3), 4, 5, 9_223_372_036_854_775_807])
  func circle(_ prev: Int64) throws {
    for pos in 1...5 { try log.append(Bench.row(Int64(pos), prev: Int64(pos) - 1), body: nil) }
    try bench.store.connection.run("UPDATE log SET prev = ?1 WHERE pos = 3", .integer(prev))
    var count = 0
    #expect(throws: StoreError.self) {
      try log.history(from: 5) { _ in
        count += 1
        return count < 100
      }
    }
    #expect(count == 3)
  }

  @Test("bytes that are forgotten are gone, the dot stays, and what had none keeps its fate")
  func forgetting() throws {
    try log.append(Bench.row(2), body: [1])
    try log.append(Bench.row(6, fate: .rejected), body: nil)
    try log.append(Bench.row(12, fate: .pending), body: [2])
    try log.forgetBody(2)
    try log.forgetBody(6)
    try log.forgetBody(12, fate: .pendingVoid)
    #expect(try log.body(2) == nil)
    #expect(try log.body(12) == nil)
    #expect(try log.row(2)?.fate == .erased)
    #expect(try log.row(6)?.fate == .rejected)
    #expect(try log.row(12)?.fate == .pendingVoid)
    #expect(try log.row(12)?.isOutside == false)
    #expect(try log.row(12)?.travelsAsState == true)
    #expect(try log.row(2)?.hash == Bench.row(2).hash)
  }

  @Test("names are found at their first dot or where they were written again, and by their whole hash only")
  func names() throws {
    let id = try Bench.replica("7kq2m")
    let number = try bench.store.replicas.number(id)
    #expect(number == 1)
    try log.append(Bench.row(1), body: nil)
    let name = ChangeName(replica: id, n: 1, hash: Bench.row(1).hash.prefix)
    #expect(try log.position(of: name, replica: number) == 1)
    let other = ChangeName(replica: id, n: 1, hash: .max)
    #expect(try log.position(of: other, replica: number) == nil)
    #expect(try !log.hasNames())
    try log.setName(other, replica: number, pos: 7)
    try log.setName(other, replica: number, pos: 9)
    #expect(try log.hasNames())
    #expect(try log.position(of: other, replica: number) == 7)
    #expect(try log.position(of: name, replica: number) == 1)
    #expect(try log.position(of: ChangeName(replica: id, n: 2, hash: .max), replica: number) == nil)
  }

  @Test("verdicts come back, a later one in the place of the first, and a code of a newer program is a bad change")
  func verdicts() throws {
    for code in ProblemCode.allCases {
      try log.setVerdict(1, Rejection(code, "because é \u{1F600}"))
      #expect(try log.verdict(1)?.code == code)
      #expect(try log.verdict(1)?.detail == "because é \u{1F600}")
    }
    #expect(try log.verdict(2) == nil)
    try bench.store.connection.execute("UPDATE verdict SET code = 'from-the-future'")
    #expect(try log.verdict(1)?.code == .badChange)
  }

  @Test(
    "a damaged row is an error",
    arguments: [
      "hash = x''", "hash = x'00'", "hash = zeroblob(33)", "fate = 8", "fate = -1", "fate = 9223372036854775807",
    ])
  func damaged(_ change: String) throws {
    try log.append(Bench.row(6), body: [1])
    try bench.store.connection.execute("UPDATE log SET \(change)")
    #expect(throws: StoreError.self) { try log.row(6) }
    #expect(throws: StoreError.self) { try log.row(replica: 1, n: 6) }
    #expect(throws: StoreError.self) { try log.history(from: 6) { _ in true } }
    #expect(throws: StoreError.self) { try log.outside(record: 1) }
    #expect(throws: StoreError.self) {
      try log.position(of: ChangeName(replica: try Bench.replica("7kq2m"), n: 6, hash: 1), replica: 1)
    }
  }

  @Test("a transaction that is rolled back takes the numbers of replicas with it")
  func rollback() throws {
    let (one, two) = (try Bench.replica("aaaaa"), try Bench.replica("bbbbb"))
    let store = bench.store
    #expect(try store.transaction { try store.replicas.number(one) } == 1)
    #expect(throws: TestError.self) {
      try store.transaction { () throws in
        #expect(try store.replicas.number(two) == 2)
        #expect(try store.replicas.id(2) == two)
        throw TestError("no")
      }
    }
    #expect(try store.replicas.find(two) == nil)
    #expect(throws: StoreError.self) { try store.replicas.id(2) }
    #expect(try store.replicas.find(one) == 1)
    let three = try Bench.replica("ccccc")
    try store.transaction { () throws in
      #expect(try store.replicas.number(three) == 2)
      #expect(try store.replicas.number(two) == 3)
    }
    #expect(try store.replicas.id(2) == three)
    #expect(try store.replicas.id(3) == two)
    try store.connection.execute("UPDATE replica SET id = 'no id' WHERE num = 1")
    #expect(throws: TestError.self) { try store.transaction { throw TestError("forget") } }
    #expect(throws: StoreError.self) { try store.replicas.id(1) }
  }

  @Test("settings keep any bytes, can be removed, and roll back")
  func settings() throws {
    let settings = bench.store.settings
    for value in [[], [0], Array(0...255), Array("é".utf8)] as [[UInt8]] {
      try settings.set("k\0ey é", value)
      #expect(try settings.bytes("k\0ey é") == value)
    }
    #expect(try settings.text("k\0ey é") == "é")
    #expect(try settings.bytes("k") == nil)
    #expect(throws: TestError.self) {
      try bench.store.transaction {
        try settings.set("k\0ey é", nil)
        throw TestError("no")
      }
    }
    #expect(try settings.text("k\0ey é") == "é")
    try settings.set("k\0ey é", text: nil)
    #expect(try settings.bytes("k\0ey é") == nil)
    try settings.set("bad", [0xFF])
    #expect(throws: StoreError.self) { try settings.text("bad") }
  }
}
