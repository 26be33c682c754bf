import SQLite
import Simulation
import Testing

@Suite("Faults of the simulated disk")
struct FaultTests {
  /// A fault that is planned for operation 1, 2, 3 … until a run ends untouched.
  struct Plan: Sendable, CustomTestStringConvertible {
    let settings: DatabaseSettings
    let fault: DiskFault
    let operations: DiskOperations
    let forever: Bool
    var testDescription: String { "\(settings) \(fault) \(operations.rawValue) \(forever)" }

    static let all: [Plan] = [DatabaseSettings.hub, .replica].flatMap { settings in
      [false, true].flatMap { forever in
        [
          Plan(settings: settings, fault: .full, operations: .write, forever: forever),
          Plan(settings: settings, fault: .inputOutput, operations: .sync, forever: forever),
          Plan(settings: settings, fault: .inputOutput, operations: .all, forever: forever),
          Plan(settings: settings, fault: .kill, operations: .changing, forever: forever),
        ]
      }
    }
  }

  @Test("a fault at operation 1, 2, 3 … leaves every transaction whole", arguments: Plan.all)
  func everyOperation(plan: Plan) throws {
    var number = 1
    while try strike(plan, at: number) { number += 1 }
    #expect(number > (plan.operations == .sync ? 8 : 40))
  }

  /// Runs with a fault at an operation; false if the run was over before.
  private func strike(_ plan: Plan, at number: Int) throws -> Bool {
    let disk = SimulatedDisk(seed: number)
    var stream = SeededStream(seed: UInt64(number), purpose: "power")
    var ledger = Ledger()
    disk.faults.plan(plan.fault, at: number, of: plan.operations, forever: plan.forever)
    var connection: Connection?
    var error: SQLiteError?
    do {
      connection = try run(plan.settings, disk, &ledger)
    } catch let thrown as SQLiteError {
      error = thrown
    } catch is JournalProfileError {
    }
    let wasStruck = disk.faults.struck > 0
    if let error, plan.fault == .full { #expect(error.isFull, "\(number): \(error)") }
    disk.faults.clear()
    disk.kill()
    // Half of the time the machine goes down as well.
    if number % 2 == 0 { disk.crash(&stream) }
    let recovered = try plan.settings.open(disk)
    #expect(throws: Never.self, "operation \(number)") { try ledger.check(recovered) }
    try Ledger.create(recovered)
    try ledger.commit(recovered)
    try ledger.check(recovered)
    try connection?.close()
    return wasStruck
  }

  private func run(
    _ settings: DatabaseSettings, _ disk: SimulatedDisk, _ ledger: inout Ledger
  ) throws -> Connection {
    let connection = try settings.open(disk)
    try Ledger.create(connection)
    for _ in 0..<4 { try ledger.commit(connection) }
    return connection
  }

  @Test(
    "a full disk refuses, keeps what it has, can be read, and goes on when there is space",
    arguments: [
      DatabaseSettings.hub, .replica,
    ])
  func capacity(settings: DatabaseSettings) throws {
    let disk = SimulatedDisk(seed: 1)
    disk.faults.capacity = 60_000
    var ledger = Ledger()
    let connection = try settings.open(disk)
    try Ledger.create(connection)
    let error = #expect(throws: SQLiteError.self) {
      for _ in 0..<1000 { try ledger.commit(connection) }
    }
    #expect(error?.isFull == true)
    #expect(ledger.acknowledged > 3)
    #expect(disk.usedBytes <= 60_000)
    #expect(disk.faults.struck > 0)
    try ledger.check(connection)
    disk.faults.capacity = 200_000
    try ledger.commit(connection)
    try ledger.check(connection)
  }

  @Test("a deleted file leaves space for others")
  func space() throws {
    let disk = SimulatedDisk(seed: 1)
    disk.install("ballast", [UInt8](repeating: 1, count: 100_000))
    disk.faults.capacity = 101_000
    let connection = try Connection(path: "a.db", vfs: disk.vfs)
    #expect(throws: SQLiteError.self) { try connection.execute("CREATE TABLE t(a)") }
    disk.discard("ballast")
    #expect(disk.usedBytes < 1100)
    try connection.execute("CREATE TABLE t(a)")
  }

  @Test(
    "random failures and power losses together lose nothing",
    arguments: [
      DatabaseSettings.hub, .replica,
    ])
  func random(settings: DatabaseSettings) throws {
    var struck = 0
    for seed in 0..<60 {
      let disk = SimulatedDisk(seed: seed)
      #expect(throws: Never.self, "seed \(seed)") {
        try ruin(disk, settings, seed: seed, rebootsAfterFailedSync: settings == .hub)
      }
      struck += disk.faults.struck
    }
    #expect(struck > 400)
  }

  // The log's last frames look sound to the next process and are not on the disk. What it appends behind them
  // is synced, acknowledged, and out of reach after a power loss.
  @Test("a log whose sync failed takes later commits along, unless the machine was restarted")
  func failedSyncOfTheLog() throws {
    var lost = 0
    for seed in 0..<60 {
      do {
        try ruin(SimulatedDisk(seed: seed), .hub, seed: seed, rebootsAfterFailedSync: false)
      } catch is Ledger.Failure {
        lost += 1
      }
    }
    #expect(lost >= 5)
  }

  /// Lets operations fail at random, and processes and the power end.
  private func ruin(
    _ disk: SimulatedDisk, _ settings: DatabaseSettings, seed: Int, rebootsAfterFailedSync: Bool
  ) throws {
    var stream = SeededStream(seed: UInt64(seed), purpose: "power")
    var ledger = Ledger()
    for _ in 0..<10 {
      let connection = try settings.open(disk)
      try Ledger.create(connection)
      try ledger.check(connection)
      let failsSyncs = stream.chance(oneIn: 2)
      if failsSyncs { disk.faults.strike(oneIn: 20, of: .sync, with: .inputOutput) }
      disk.faults.strike(oneIn: 200, of: .all.subtracting(.sync), with: .inputOutput)
      disk.faults.strike(oneIn: 200, of: .write, with: .full)
      do {
        for _ in 0..<20 { try ledger.commit(connection) }
      } catch is SQLiteError {
        // Nobody knows now what is on the disk: the process ends.
      }
      disk.faults.clear()
      if stream.chance(oneIn: 2) || failsSyncs && rebootsAfterFailedSync {
        disk.crash(&stream)
      } else {
        disk.kill()
      }
      try connection.close()
    }
    try ledger.check(try settings.open(disk))
  }

  @Test("rates strike about as often as they say, and only what they name")
  func rates() throws {
    let disk = SimulatedDisk(seed: 1)
    let connection = try DatabaseSettings.replica.open(disk)
    try Ledger.create(connection)
    disk.faults.strike(oneIn: 50, of: .read, with: .inputOutput)
    let before = disk.operations
    var failures = 0
    for _ in 0..<2000 {
      do {
        _ = try connection.integer("SELECT count(*) FROM counter")
        _ = try connection.pragma("shrink_memory")
      } catch {
        #expect(error.code == 266)
        failures += 1
      }
    }
    #expect(failures == disk.faults.struck)
    #expect(failures > 20)
    #expect(disk.operations > before + 2000)
    disk.faults.clear()
    _ = try connection.integer("SELECT count(*) FROM counter")
  }

  @Test("a plan for one kind of operation counts only that kind")
  func kinds() throws {
    let disk = SimulatedDisk(seed: 1)
    let connection = try DatabaseSettings.replica.open(disk)
    try Ledger.create(connection)
    disk.faults.plan(.inputOutput, at: 2, of: .sync)
    let before = disk.syncs
    let error = #expect(throws: SQLiteError.self) { try connection.run("UPDATE counter SET number = 9") }
    #expect(error?.code == 1034)
    #expect(disk.faults.struck == 1)
    #expect(disk.syncs > before)
    #expect(try connection.integer("SELECT number FROM counter") == 0)
  }

  @Test("a planned fault strikes once, or from then on")
  func forever() throws {
    for forever in [false, true] {
      let disk = SimulatedDisk(seed: 1)
      let connection = try DatabaseSettings.replica.open(disk)
      try Ledger.create(connection)
      disk.faults.plan(.inputOutput, at: 3, of: .sync, forever: forever)
      var failures = 0
      for number in 1...10 {
        do {
          try connection.run("UPDATE counter SET number = ?1", .integer(Int64(number)))
        } catch {
          failures += 1
        }
      }
      #expect(forever ? failures == 10 : failures == 1)
      disk.faults.clear()
      try connection.run("UPDATE counter SET number = 11")
    }
  }
}
