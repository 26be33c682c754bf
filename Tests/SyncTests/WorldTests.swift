import Sync
import Testing

@Suite("Whole networks from a seed")
struct WorldTests {
  /// Runs worlds and records the first faults with their seeds.
  private func run(_ seeds: Range<UInt64>, steps: Int, _ rules: World.Rules) throws {
    var faults = 0
    for seed in seeds where faults < 3 {
      var world = World(seed: seed, rules)
      for _ in 0..<steps {
        try world.step()
        guard world.random.chance(25) else { continue }
        guard let fault = try world.faultInSentence() else { continue }
        Issue.record("seed \(seed), on the way: \(fault)")
        faults += 1
        break
      }
      world.settle()
      if let fault = try world.faultAtRest() {
        Issue.record("seed \(seed), at rest: \(fault)")
        faults += 1
      }
    }
  }

  @Test("a replica shows the log up to its cursor and its own changes that the log lacks; at rest all agree")
  func sentenceAndConvergence() throws {
    try run(Seeds.from(1_000_000, count: 50), steps: 30, World.Rules())
    try run(Seeds.from(3_000_000, count: 5), steps: 120, World.Rules(replicas: 4, records: 1, erasures: 0))
  }

  @Test("where very much is refused, nothing that was accepted is lost and all agree")
  func refusals() throws {
    let rules = World.Rules(replicas: 2, records: 1, refusals: 50, erasures: 0)
    try run(Seeds.from(4_000_000, count: 40), steps: 40, rules)
  }

  @Test("a hub that comes back from an old backup is given everything again, in any interleaving")
  func restoredHub() throws {
    try run(Seeds.from(5_000_000, count: 60), steps: 40, World.Rules(records: 1, restores: 2, erasures: 0))
    try run(Seeds.from(6_000_000, count: 30), steps: 50, World.Rules(records: 1, restores: 1, hasDeath: true))
    try run(Seeds.from(7_000_000, count: 10), steps: 90, World.Rules(replicas: 4, refusals: 25, restores: 3))
  }

  @Test("the worlds do contain what they are meant to try")
  func worldsAreNotEmpty() throws {
    var (marks, refused, deleted, conflicts, hidden) = (0, 0, 0, 0, 0)
    for seed in Seeds.from(5_000_000, count: 30) {
      var world = World(seed: seed, World.Rules(records: 1, restores: 2, erasures: 0))
      for _ in 0..<40 {
        try world.step()
        let state = world.hub.states[Sample.record] ?? Sample.empty
        marks += state.awaited.isEmpty ? 0 : 1
        deleted += state.isDeleted ? 1 : 0
        conflicts += state.conflicts().count
        hidden += state.isDeleted && state.cells.count > 1 ? 1 : 0
      }
      refused += world.replicas.flatMap(\.own).count { $0.isRefused }
    }
    for count in [marks, refused, deleted, conflicts, hidden] { #expect(count > 5) }
  }
}
