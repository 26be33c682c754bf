import Glibc
import SQLite
import Simulation
import Testing

@Suite("Repeatability")
struct RepeatabilityTests {
  /// One run through faults and power losses: all bytes at its end, and all counters.
  private static func run(seed: Int, _ settings: DatabaseSettings) throws -> Outcome {
    SQLiteRandomness.seed(UInt64(seed))
    let disk = SimulatedDisk(seed: seed)
    var stream = SeededStream(seed: UInt64(seed), purpose: "power")
    var ledger = Ledger()
    for _ in 0..<4 {
      disk.faults.plan(.kill, at: 60 + stream.below(100), of: .changing)
      disk.faults.strike(oneIn: 100, of: .all, with: .inputOutput)
      let connection = try? settings.open(disk)
      if let connection { try? write(connection, &ledger) }
      disk.faults.clear()
      disk.crash(&stream)
    }
    let connection = try settings.open(disk)
    try write(connection, &ledger)
    try connection.run("UPDATE counter SET number = random()")
    let outcome = Outcome(
      files: disk.snapshot(), operations: disk.operations, syncs: disk.syncs, struck: disk.faults.struck)
    try connection.close()
    return outcome
  }

  private struct Outcome: Equatable {
    let files: DiskSnapshot
    let operations: Int
    let syncs: Int
    let struck: Int
  }

  private static func write(_ connection: Connection, _ ledger: inout Ledger) throws {
    try Ledger.create(connection)
    try ledger.check(connection)
    for _ in 0..<10 { try ledger.commit(connection) }
  }

  // In a process of its own: SQLite's random numbers are shared by all connections of a process.
  @Test("the same seed writes the same bytes, and another seed writes others")
  func sameBytes() async {
    await #expect(processExitsWith: .success) {
      for settings in [DatabaseSettings.hub, .replica] {
        var all: [Outcome] = []
        for seed in 0..<10 {
          let outcome = try Self.run(seed: seed, settings)
          guard try Self.run(seed: seed, settings) == outcome, !all.contains(outcome) else { exit(2) }
          all.append(outcome)
        }
        guard all.contains(where: { $0.struck > 1 }) else { exit(3) }
      }
    }
  }
}
