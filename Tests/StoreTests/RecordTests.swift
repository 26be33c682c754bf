import Crypto
import JSON
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("The records' table")
struct RecordTests {
  private static let title = #"{"put":["title"],"value":"Foro"}"#

  @Test("a record comes back as it was saved, with each kind of base", arguments: OpeningTests.roles)
  func roundTrip(_ role: Store.Role) throws {
    let bench = try Bench(role)
    let records = bench.store.records
    for (number, hasBase) in [(1, 0), (2, 1), (3, 2)] {
      var record = try bench.save(number, [Self.title])
      (record.seq, record.last) = (Int64(number), Int64(number) * 10)
      record.base =
        hasBase == 0 ? .none : hasBase == 1 ? .shown : .apart(RecordState(record: Bench.record(number), kind: "event"))
      try records.save(&record)
      for found in [try records.find(Bench.record(number)), try records.find(num: record.num)] {
        let found = try #require(found)
        #expect(found.state == record.state)
        #expect(found.baseState == record.baseState)
        #expect(found.baseHash == record.baseState?.hash)
        #expect((found.seq, found.last) == (record.seq, record.last))
        #expect(found.storedBytes == record.state.canonicalBytes().count)
      }
    }
    #expect(try records.nextNumber() == 4)
    #expect(try records.find(Bench.record(9)) == nil)
    var count = 0
    try records.each { _ in count += 1 }
    #expect(count == 3)
    try records.remove(num: 2)
    #expect(try records.find(num: 2) == nil)
  }

  @Test("a record that is gone is not updated in silence")
  func updatedAway() throws {
    let bench = try Bench()
    var record = try bench.save(1, [Self.title])
    try bench.store.records.remove(num: record.num)
    #expect(throws: StoreError.self) { try bench.store.records.save(&record) }
  }

  @Test(
    "a damaged record is an error, never a trap and never a record without a base",
    arguments: [
      "state = x''", "state = x'7b7d'", "state = x'00'", "state = x'7b'", "hash = x''", "hash = x'0011'",
      "hash = zeroblob(33)", "base = x'7b7d'", "base = x''",
    ])
  func damaged(_ change: String) throws {
    for role in OpeningTests.roles {
      let bench = try Bench(role)
      let record = try bench.save(1, [Self.title])
      try bench.store.connection.execute("UPDATE record SET \(change)")
      #expect(throws: (any Error).self) { try bench.store.records.find(Bench.record(1)) }
      #expect(throws: (any Error).self) { try bench.store.records.find(num: record.num) }
      #expect(throws: (any Error).self) { try bench.store.records.each { _ in } }
    }
  }

  @Test("a state with any byte changed or cut is read or refused, and what is read is written as it was")
  func noise() throws {
    let bench = try Bench()
    let operations = [Self.title, #"{"put":["areas","Peace"],"value":true}"#, #"{"put":["x"],"value":{"a":[1,null]}}"#]
    let good = try bench.save(1, operations).state.canonicalBytes()
    var random = SeededRandom(9)
    try bench.store.connection.begin()
    defer { try? bench.store.connection.rollback() }
    for round in 0..<600 {
      var bytes = good
      switch round % 3 {
      case 0: bytes[random.below(bytes.count)] = UInt8(random.below(256))
      case 1: bytes.remove(at: random.below(bytes.count))
      default: bytes = Array(bytes.prefix(random.below(bytes.count)))
      }
      try bench.store.connection.run("UPDATE record SET state = ?1", .bytes(bytes))
      if let found = try? bench.store.records.find(num: 1) { #expect(found.state.canonicalBytes().count > 0) }
    }
  }

  @Test("buckets and their records sum up to the whole, and a damaged hash is an error")
  func buckets() throws {
    let bench = try Bench()
    var whole = Digest.zero
    for number in 1...60 { whole = whole &+ (try bench.save(number, [Self.title]).state.hash) }
    var unbased = StoredRecord(num: 61, state: RecordState(record: Bench.record(61), kind: "event"))
    try bench.store.records.save(&unbased)
    let sums = try DigestBuckets.sums(bench.store)
    #expect(sums.count == 256)
    #expect(sums.reduce(.zero) { $0 &+ $1 } == whole)
    var seen = 0
    for bucket in 0...255 {
      let records = try DigestBuckets.records(bench.store, bucket: UInt8(bucket))
      #expect(records.allSatisfy { $0.0.bytes[15] == UInt8(bucket) })
      #expect(records.map(\.0) == records.map(\.0).sorted())
      #expect(records.reduce(Digest.zero) { $0 &+ $1.1 } == sums[bucket])
      seen += records.count
    }
    #expect(seen == 60)
    for damage in ["hash = x'00' WHERE num = 5", "hash = x'' WHERE num = 5"] {
      try bench.store.connection.execute("UPDATE record SET \(damage)")
      #expect(throws: StoreError.self) { try DigestBuckets.sums(bench.store) }
      #expect(throws: StoreError.self) {
        try DigestBuckets.records(bench.store, bucket: Bench.record(5).bytes[15])
      }
    }
  }

  @Test("life and conflicts stand beside the state, for lists that do not read it")
  func columns() throws {
    let bench = try Bench()
    let table: [(operations: [String], deleted: Int64, conflicts: Int64)] = [
      ([Self.title], 0, 0), ([Self.title, #"{"put":["title"],"value":"Other"}"#], 0, 1), ([#"{"erase":true}"#], 2, 0),
      ([], 3, 0), ([#"{"put":["@life"],"value":{"deleted":{}}}"#], 1, 0),
      ([Self.title, #"{"put":["@life"],"value":{"deleted":{}}}"#], 0, 1),
    ]
    for (number, row) in table.enumerated() {
      let record = try bench.save(number + 1, row.operations)
      let connection = bench.store.connection
      #expect(try connection.integer("SELECT deleted FROM record WHERE num = ?1", .integer(record.num)) == row.deleted)
      #expect(
        try connection.integer("SELECT conflicts FROM record WHERE num = ?1", .integer(record.num)) == row.conflicts)
      #expect(try bench.store.records.stateBytes(num: record.num)?.isErased == (row.deleted == 2))
      #expect(try bench.store.records.stateBytes(num: record.num)?.bytes == record.state.canonicalBytes())
    }
    #expect(try bench.store.records.stateBytes(num: 99) == nil)
  }
}
