import SQLite
import Simulation
import Testing

@Suite("Power loss")
struct PowerLossTests {
  @Test(
    "the product's settings lose no acknowledged commit",
    arguments: [DatabaseSettings.hub, .replica], [1024, 4096])
  func sound(settings: DatabaseSettings, pageSize: Int) throws {
    var storm = Storm(settings)
    storm.pageSize = pageSize
    for seed in 0..<75 {
      #expect(throws: Never.self, "seed \(seed)") { try storm.run(seed: seed) }
    }
    // Else nothing was at stake.
    #expect(storm.torn > 150)
    #expect(storm.dropped > 150)
    #expect(storm.struckInside > 100)
  }

  @Test(
    "other settings that SQLite calls durable lose nothing either",
    arguments: [
      DatabaseSettings.persistFull, .deleteExtra,
    ])
  func alsoSound(settings: DatabaseSettings) throws {
    var storm = Storm(settings)
    for seed in 0..<50 {
      #expect(throws: Never.self, "seed \(seed)") { try storm.run(seed: seed) }
    }
  }

  @Test("a replica survives a device that destroys whole sectors", arguments: [512, 4096])
  func hostileDevice(sectorSize: Int) throws {
    var storm = Storm(.replica)
    storm.isPowersafe = false
    storm.sectorSize = sectorSize
    for seed in 0..<50 {
      #expect(throws: Never.self, "seed \(seed)") { try storm.run(seed: seed) }
    }
  }

  @Test("a hub survives one power loss on a device that destroys whole sectors", arguments: [512, 4096])
  func hostileDeviceOnce(sectorSize: Int) throws {
    var storm = Storm(.hub)
    storm.isPowersafe = false
    storm.sectorSize = sectorSize
    storm.pageSize = 4096
    storm.losses = 1
    for seed in 0..<200 {
      #expect(throws: Never.self, "seed \(seed)") { try storm.run(seed: seed) }
    }
  }

  @Test("WAL without a sync at each commit loses acknowledged commits nearly always")
  func walNormal() throws {
    var storm = Storm(.walNormal)
    let outcomes = try storm.outcomes(seeds: 100)
    #expect(outcomes.lost >= 90)
    #expect(outcomes.corrupt == 0)
  }

  @Test("SQLite's default settings lose acknowledged commits: the deleted journal comes back")
  func deleteFull() throws {
    var storm = Storm(.deleteFull)
    let outcomes = try storm.outcomes(seeds: 100)
    #expect(outcomes.lost >= 60)
    #expect(outcomes.corrupt == 0)
  }

  @Test("without any sync, files get corrupt")
  func off() throws {
    var storm = Storm(.deleteOff)
    let outcomes = try storm.outcomes(seeds: 100)
    #expect(outcomes.corrupt >= 30)
    #expect(outcomes.lost + outcomes.corrupt >= 90)
  }

  @Test("a backup that is complete is durable, if its folder is synced", arguments: [true, false])
  func backup(syncsFolder: Bool) throws {
    var lost = 0
    for seed in 0..<30 {
      let disk = SimulatedDisk(seed: seed)
      var stream = SeededStream(seed: UInt64(seed), purpose: "power")
      var ledger = Ledger()
      let connection = try DatabaseSettings.hub.open(disk)
      try Ledger.create(connection)
      for _ in 0..<5 { try ledger.commit(connection) }
      try connection.backup(to: "copy.db")
      // On the operating system's files, `backup` does it itself.
      if syncsFolder { disk.syncNames() }
      disk.crash(&stream)
      let copy = try Connection(path: "copy.db", vfs: disk.vfs, mode: .readWrite)
      _ = try copy.pragma("locking_mode=EXCLUSIVE")
      do { try ledger.check(copy) } catch is Ledger.Failure { lost += 1 }
    }
    // What comes back is the journal, as with all settings that delete it.
    #expect(syncsFolder ? lost == 0 : lost > 5)
  }

  @Test("a power loss reports what it did")
  func report() throws {
    let disk = SimulatedDisk(seed: 1)
    var stream = SeededStream(seed: 1, purpose: "power")
    let connection = try DatabaseSettings.walNormal.open(disk)
    try Ledger.create(connection)
    var ledger = Ledger()
    for _ in 0..<5 { try ledger.commit(connection) }
    let before = stream
    let report = disk.crash(&stream)
    #expect(stream != before)
    #expect(report.kept + report.dropped + report.torn > 20)
    #expect(disk.crash(&stream) == PowerLossReport())
  }
}
