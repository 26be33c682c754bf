import Foundation
import Simulation
import Testing

@Suite("The oracle finds nothing in worlds of the engine")
struct EngineWorldTests {
  static let seeds = UInt64(ProcessInfo.processInfo.environment["PEACESYNC_SEEDS"] ?? "") ?? 15
  static let first = UInt64(ProcessInfo.processInfo.environment["PEACESYNC_SEED"] ?? "") ?? 1

  @Test("with lost answers, refusals, erasures and deletes")
  func network() throws {
    for seed in Self.first..<(Self.first + Self.seeds) { try run(seed, backups: false) }
  }

  @Test("with copied files and old backups of hub and cities as well")
  func backups() throws {
    for seed in Self.first..<(Self.first + Self.seeds) { try run(seed, backups: true) }
  }

  private func run(_ seed: UInt64, backups: Bool) throws {
    let world = try OracleWorld(seed: seed)
    for _ in 0..<80 where world.found.isEmpty { try world.step(backups: backups) }
    var found = world.found
    if found.isEmpty {
      world.settle()
      found = try world.judge()
    }
    guard !found.isEmpty else { return }
    let text = found.prefix(12).map(\.description).joined(separator: "\n")
    Issue.record(
      "seed \(seed), backups \(backups):\n\(text)\n\(world.trace.suffix(60).joined(separator: "\n"))")
  }
}
