import JSON
import Records
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("What follows from the states")
struct DerivedTests {
  /// All rows of the derived tables, and the derived columns.
  private func derived(_ store: Store) throws -> [String] {
    var lines: [String] = []
    for sql in [
      "SELECT rowid, text FROM search ORDER BY 1", "SELECT * FROM reference ORDER BY 1, 2, 3",
      "SELECT * FROM origin ORDER BY 1, 2",
      "SELECT num, title, sort, stale, deleted, conflicts, hash FROM record ORDER BY num",
    ] {
      let statement = try store.connection.prepareOnce(sql)
      defer { statement.reset() }
      while try statement.step() {
        let row = statement.row
        lines.append("\(sql.prefix(24)): \((0..<row.columnCount).map { row.value($0) })")
      }
    }
    return lines
  }

  /// A random operation on an event, contact or publication.
  private func operation(_ random: inout SeededRandom, _ counter: Int) -> String {
    let target = Bench.record(random.below(8) + 1)
    let title = random.pick(["Foro de paz", "ፎረም", "Éire", "", "a \u{1F600} b", "x\(counter)"])
    let puts = [
      #"["title"],"value":"\#(title) \#(counter)""#, #"["name"],"value":{"full":"Name \#(counter)"}"#,
      #"["participants","\#(target)/speaker"],"value":true"#, #"["relatedEvents","\#(target)"],"value":true"#,
      #"["sourceIds","doi:10.1/\#(random.below(5))"],"value":true"#,
      #"["affiliations","{\"org\":\"\#(target)\"}"],"value":true"#,
      #"["when"],"value":{"year":"\#(2_000 + random.below(50))"}"#,
      #"["issued"],"value":"\#(2_000 + random.below(50))""#, #"["summary"],"value":"word\#(counter) Straße""#,
      #"["x"],"value":[\#(counter)]"#,
      #"["title"],"value":null"#, #"["@life"],"value":"alive""#, #"["@life"],"value":{"deleted":{}}"#,
    ]
    return random.below(25) == 0 ? #"{"erase":true}"# : "{\"put\":\(random.pick(puts))}"
  }

  @Test("written with each edit they are what a rebuild makes of the states", arguments: [UInt64(1), 2, 3])
  func rebuild(_ seed: UInt64) throws {
    let bench = try Bench(.replica)
    var random = SeededRandom(seed)
    var records: [Int: StoredRecord] = [:]
    // One transaction for all, as an import does it: nothing here is about the disk.
    try bench.store.connection.begin()
    for counter in 1...150 {
      let number = random.below(8) + 1
      let kind = ["event", "contact", "publication", "other"][number % 4]
      var record =
        records[number]
        ?? StoredRecord(num: Int64(number), state: RecordState(record: Bench.record(number), kind: Text(kind)))
      let change = try Bench.change(Int64(counter), Bench.record(number), operation(&random, counter), kind: kind)
      if random.below(3) == 0, let old = record.state.cells.randomElement(using: &random) {
        // A drop of what stands there, as a resolver does.
        let key = old.path.key.map { ",\(JSON.string($0))" } ?? ""
        let drop = "{\"drop\":[\"\(old.path.field)\"\(key)],\"over\":[\"\(old.name)\"]}"
        if old.path.field != "@life" {
          record.state.apply(try Bench.change(Int64(counter) + 1_000, Bench.record(number), drop, kind: kind), time: 1)
        }
      }
      record.state.apply(change, time: Int64(counter))
      record.base =
        [.none, .shown, .apart(RecordState(record: Bench.record(number), kind: Text(kind)))][random.below(3)]
      record.isStale = random.below(4) == 0
      try bench.store.records.save(&record)
      try DerivedTables.update(bench.store, record)
      records[number] = record
      if random.below(30) == 0 {
        try DerivedTables.forget(bench.store.connection, record.num)
        try bench.store.records.remove(num: record.num)
        records[number] = nil
      }
    }
    try bench.store.connection.commit()
    let incremental = try derived(bench.store)
    #expect(incremental.count > 12)
    try bench.store.transaction { try DerivedTables.rebuild(bench.store) }
    #expect(try derived(bench.store) == incremental)
    // From nothing, and from what was spoilt.
    try bench.store.connection.execute(
      "DELETE FROM search; DELETE FROM reference; DELETE FROM origin; UPDATE record SET title = 'x', sort = 'y'")
    try bench.store.transaction { try DerivedTables.rebuild(bench.store) }
    #expect(try derived(bench.store) == incremental)
  }

  @Test("a rebuild leaves nothing of records that are not there")
  func orphans() throws {
    let bench = try Bench(.replica)
    try bench.save(1, [#"{"put":["sourceIds","doi:10.1/x"],"value":true}"#, #"{"put":["title"],"value":"here"}"#])
    let before = try derived(bench.store)
    try bench.store.connection.execute(
      """
      INSERT INTO search(rowid, text) VALUES(77, 'ghost');
      INSERT INTO reference VALUES(zeroblob(16), 77, 'ghost');
      INSERT INTO origin VALUES('ghost', 77)
      """)
    try bench.store.transaction { try DerivedTables.rebuild(bench.store) }
    #expect(try derived(bench.store) == before)
  }

  @Test("an erased or empty record is in no list, search or reference")
  func gone() throws {
    let bench = try Bench(.replica)
    let operations = [
      #"{"put":["title"],"value":"secret"}"#, #"{"put":["sourceIds","doi:10.1/secret"],"value":true}"#,
      #"{"put":["participants","\#(Bench.record(2))/speaker"],"value":true}"#,
    ]
    try bench.save(1, operations)
    #expect(try derived(bench.store).count == 4)
    try bench.save(2, operations + [#"{"erase":true}"#])
    try bench.save(3, [])
    let lines = try derived(bench.store)
    #expect(lines.count == 6)
    #expect(lines.filter { $0.contains("secret") }.count == 3)
    let found = try bench.store.connection.integer("SELECT rowid FROM search WHERE search MATCH 'secret'")
    #expect(found == 1)
  }
}
