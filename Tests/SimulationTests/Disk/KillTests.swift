import SQLite
import Simulation
import Testing

@Suite("Killed processes")
struct KillTests {
  @Test("a killed process changes nothing any more, whatever it tries", arguments: DatabaseSettings.allCases)
  func ghost(settings: DatabaseSettings) throws {
    let disk = SimulatedDisk(seed: 1)
    let connection = try settings.open(disk)
    try Ledger.create(connection)
    _ = try connection.pragma("cache_size=2")
    try connection.begin()
    for _ in 0..<50 { try connection.run("INSERT INTO entry(note) VALUES (zeroblob(900))") }
    disk.kill()
    let before = disk.snapshot()
    #expect(throws: SQLiteError.self) {
      try connection.run("INSERT INTO entry(note) VALUES (zeroblob(90000))")
    }
    #expect(throws: SQLiteError.self) { try connection.commit() }
    try? connection.rollback()
    try connection.close()
    #expect(disk.snapshot() == before)
  }

  @Test("the process that a plan killed cannot open its files again until it is restarted")
  func dying() throws {
    let disk = SimulatedDisk(seed: 1)
    let connection = try DatabaseSettings.replica.open(disk)
    try Ledger.create(connection)
    disk.faults.plan(.kill, at: 1, of: .sync)
    #expect(throws: SQLiteError.self) { try connection.run("UPDATE counter SET number = 1") }
    #expect(disk.isKilled)
    let before = disk.snapshot()
    #expect(throws: SQLiteError.self) {
      try DatabaseSettings.replica.open(disk).run("UPDATE counter SET number = 2")
    }
    #expect(disk.snapshot() == before)
    disk.process = 2
    #expect(try DatabaseSettings.replica.open(disk).integer("SELECT number FROM counter") == 0)
    disk.process = 0
    disk.restart()
    #expect(!disk.isKilled)
    try DatabaseSettings.replica.open(disk).run("UPDATE counter SET number = 3")
  }

  @Test("a killed process loses nothing that it wrote, synced or not")
  func systemSurvives() throws {
    let disk = SimulatedDisk(seed: 1)
    var ledger = Ledger()
    for _ in 0..<5 {
      let connection = try DatabaseSettings.walNormal.open(disk)
      try Ledger.create(connection)
      try ledger.check(connection)
      for _ in 0..<5 { try ledger.commit(connection) }
      disk.kill()
    }
    try ledger.check(try DatabaseSettings.walNormal.open(disk))
    #expect(ledger.observed == 25)
  }

  @Test("a write is cut off anywhere when the process is killed in it")
  func partialWrite() throws {
    var sizes: Set<Int> = []
    for seed in 0..<50 {
      let disk = SimulatedDisk(seed: seed)
      let connection = try DatabaseSettings.hub.open(disk)
      try Ledger.create(connection)
      let before = try #require(disk.bytes(of: "test.db-wal")).count
      // The second write is the first page of the log.
      disk.faults.plan(.kill, at: 2, of: .write)
      #expect(throws: SQLiteError.self) { try connection.run("UPDATE counter SET number = 1") }
      sizes.insert(try #require(disk.bytes(of: "test.db-wal")).count - before)
    }
    #expect(sizes.count > 30)
    #expect(sizes.allSatisfy { (24...24 + 1024).contains($0) })
  }
}
