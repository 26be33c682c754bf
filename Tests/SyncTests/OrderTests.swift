import Sync
import Testing

@Suite("Any order gives the same state")
struct OrderTests {
  /// The changes to one record that a small world made, without refusals, and nothing of its orders.
  private func history(_ seed: UInt64, changes wanted: Int, replicas: Int) throws -> [Change] {
    var rules = World.Rules(replicas: replicas, records: 1, refusals: 0, erasures: 0)
    rules.erasures = seed.isMultiple(of: 10) ? 4 : 0
    var world = World(seed: seed, rules)
    while world.replicas.reduce(0, { $0 + $1.own.count }) < wanted { try world.step() }
    return world.replicas.flatMap(\.own).map(\.change)
  }

  private func isBefore(_ a: Change, _ b: Change) -> Bool {
    if a.replica == b.replica { return a.n < b.n }
    return b.operations.contains { $0.over.contains(a.name) }
  }

  /// Calls a function with every order that keeps each replica's own order and `over`.
  private func forEachExtension(
    of changes: [Change], _ prefix: [Change] = [], _ body: ([Change]) throws -> Void
  ) rethrows {
    if changes.isEmpty { return try body(prefix) }
    for (index, change) in changes.enumerated() where !changes.contains(where: { isBefore($0, change) }) {
      var rest = changes
      rest.remove(at: index)
      try forEachExtension(of: rest, prefix + [change], body)
    }
  }

  private func replay(_ changes: [Change]) -> RecordState {
    var state = Sample.empty
    for change in changes { state.apply(change, time: change.at) { _ in true } }
    return state
  }

  @Test("every order of a small history that keeps each replica's own order and over")
  func everyCausalOrder() throws {
    var orders = 0
    for seed in Seeds.from(1, count: 80) {
      let changes = try history(seed, changes: 3 + Int(seed % 4), replicas: 2 + Int(seed % 3))
      let model = NaiveModel(try changes.map { (try NaiveChange($0.bytes), $0.at) })
      let wanted = model.view(arrived: Set(changes.map(\.name.description)))
      var first: [UInt8]?
      forEachExtension(of: changes) { order in
        orders += 1
        let state = replay(order)
        if first == nil { first = state.canonicalBytes() }
        guard state.canonicalBytes() != first || (orders % 5 == 0 && NaiveModel.View(state) != wanted) else {
          return
        }
        Issue.record("seed \(seed): \(order.map(\.name)) gives \(NaiveModel.View(state)), not \(wanted)")
      }
    }
    #expect(orders > 1_000)
  }

  @Test("every order at all, causal or not, of a small history that a hub receives")
  func everyOrder() throws {
    for seed in Seeds.from(1_000, count: 30) {
      let changes = try history(seed, changes: 3 + Int(seed % 3), replicas: 2 + Int(seed % 2))
      let model = NaiveModel(try changes.map { (try NaiveChange($0.bytes), $0.at) })
      let wanted = model.view(arrived: Set(changes.map(\.name.description)))
      forEachPermutation(of: changes) { order in
        let state = Sample.state(order)
        if NaiveModel.View(state) == wanted { return }
        Issue.record("seed \(seed): \(order.map(\.name)) gives \(NaiveModel.View(state)), not \(wanted)")
      }
    }
  }

  private func forEachPermutation(of changes: [Change], _ prefix: [Change] = [], _ body: ([Change]) -> Void) {
    if changes.isEmpty { return body(prefix) }
    for (index, change) in changes.enumerated() {
      var rest = changes
      rest.remove(at: index)
      forEachPermutation(of: rest, prefix + [change], body)
    }
  }

  @Test("random orders of larger histories, with and without regard to cause")
  func randomOrders() throws {
    for seed in Seeds.from(5_000, count: 15) {
      var random = SplitMix64(seed: seed)
      let changes = try history(seed, changes: 25, replicas: 4)
      let model = NaiveModel(try changes.map { (try NaiveChange($0.bytes), $0.at) })
      let wanted = model.view(arrived: Set(changes.map(\.name.description)))
      for _ in 0..<6 {
        let causal = randomExtension(of: changes, &random)
        #expect(NaiveModel.View(replay(causal)) == wanted, "seed \(seed)")
        #expect(NaiveModel.View(Sample.state(changes.shuffled(using: &random))) == wanted, "seed \(seed)")
      }
    }
  }

  private func randomExtension(of changes: [Change], _ random: inout SplitMix64) -> [Change] {
    var (rest, order) = (changes, [Change]())
    while !rest.isEmpty {
      let ready = rest.indices.filter { index in !rest.contains { isBefore($0, rest[index]) } }
      order.append(rest.remove(at: random.pick(ready)))
    }
    return order
  }

  @Test("applying a change twice in a row changes nothing")
  func twice() throws {
    for seed in Seeds.from(9_000, count: 30) {
      var random = SplitMix64(seed: seed)
      var (state, held) = (Sample.empty, Set<ChangeName>())
      for change in randomExtension(of: try history(seed, changes: 12, replicas: 3), &random) {
        state.apply(change, time: change.at) { held.contains($0) }
        held.insert(change.name)
        let once = state
        state.apply(change, time: change.at) { held.contains($0) }
        if state != once { Issue.record("seed \(seed): \(change.name) twice gives another state") }
      }
    }
  }
}
