import SQLite
import Simulation

/// Power losses, one after the other, on a database that is written all the time.
struct Storm {
  var settings: DatabaseSettings
  var pageSize = 1024
  var isPowersafe = true
  var sectorSize = 512
  var losses = 6
  /// How many transactions there are at most between two losses.
  var transactions = 20
  /// Whether a loss may also come in the middle of an operation, and of a recovery.
  var strikesInside = true

  /// Counts of what the losses did, summed up over all runs.
  private(set) var torn = 0
  private(set) var dropped = 0
  private(set) var struckInside = 0

  init(_ settings: DatabaseSettings) {
    self.settings = settings
  }

  /// Runs one seed; throws what is wrong with the database after one of the losses.
  mutating func run(seed: Int) throws {
    var stream = SeededStream(seed: UInt64(seed), purpose: "storm")
    let disk = SimulatedDisk(seed: seed, isPowersafe: isPowersafe, sectorSize: sectorSize)
    var ledger = Ledger()
    for _ in 0..<losses { try writeUntilLoss(disk, &ledger, &stream) }
    let connection = try settings.open(disk, pageSize: pageSize)
    try ledger.check(connection)
  }

  private mutating func writeUntilLoss(
    _ disk: SimulatedDisk, _ ledger: inout Ledger, _ stream: inout SeededStream
  ) throws {
    if strikesInside && stream.chance(oneIn: 2) {
      // Half of them early, while the last loss is recovered from.
      let range = stream.chance(oneIn: 2) ? 20 : 250
      disk.faults.plan(.kill, at: 1 + stream.below(range), of: .changing)
    }
    var connection: Connection?
    do {
      let opened = try settings.open(disk, pageSize: pageSize)
      connection = opened
      try Ledger.create(opened)
      try ledger.check(opened)
      for _ in 0..<1 + stream.below(transactions) { try ledger.commit(opened) }
    } catch  where disk.isKilled {
      struckInside += 1
    }
    disk.faults.clear()
    let report = disk.crash(&stream)
    torn += report.torn
    dropped += report.dropped
    // Not before: closing would have written everything in order.
    try connection?.close()
  }

  /// Counts what is wrong over many seeds.
  mutating func outcomes(seeds: Int) throws -> (lost: Int, corrupt: Int) {
    var lost = 0
    var corrupt = 0
    for seed in 0..<seeds {
      do {
        try run(seed: seed)
      } catch let failure as Ledger.Failure {
        if case .lost = failure { lost += 1 } else { corrupt += 1 }
      } catch is SQLiteError {
        corrupt += 1
      }
    }
    return (lost, corrupt)
  }
}
