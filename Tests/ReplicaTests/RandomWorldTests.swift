import Foundation
import Hub
import JSON
import Replica
import SQLite
import Store
import Sync
import TestKit
import Testing

@Suite("Random worlds converge and lose nothing")
struct RandomWorldTests {
  static let seeds = Int(ProcessInfo.processInfo.environment["PEACESYNC_SEEDS"] ?? "") ?? 15
  static let first = UInt64(ProcessInfo.processInfo.environment["PEACESYNC_SEED"] ?? "") ?? 1

  @Test("with lost answers, wrong clocks and refusals")
  func network() throws {
    for seed in Self.first..<(Self.first + UInt64(Self.seeds)) { try run(seed: seed, allowsBackups: false) }
  }

  @Test("with copied files and old backups of hub and cities as well")
  func backups() throws {
    for seed in Self.first..<(Self.first + UInt64(Self.seeds)) { try run(seed: seed, allowsBackups: true) }
  }

  private func run(seed: UInt64, allowsBackups: Bool) throws {
    let world = try RandomWorld(seed: seed, allowsBackups: allowsBackups)
    do {
      for _ in 0..<80 { try world.step() }
      // Each city needs a look after the last other one has offered what a restored hub lacked.
      for _ in 0..<4 { for city in world.cities { try world.heal(city) } }
      let problems = try check(world)
      guard problems.isEmpty else { throw TestError(problems.joined(separator: "; ")) }
    } catch {
      let story = world.trace.suffix(100).joined(separator: "\n")
      Issue.record("seed \(seed), backups \(allowsBackups): \(error)\n\(story)")
    }
  }

  private func check(_ world: RandomWorld) throws -> [String] {
    var problems: [String] = []
    let reference = try world.cities[0].states()
    for city in world.cities {
      let states = try city.states()
      for id in Set(states.keys).union(reference.keys) where states[id] != reference[id] {
        problems.append("\(city.file) and \(world.cities[0].file) differ in \(id)")
      }
      if try city.replica.pendingCount() > 0 { problems.append("\(city.file) has changes that do not leave") }
      if try !city.verify().agrees { problems.append("\(city.file) does not agree with the hub") }
      let outside = try city.replica.store.connection.integer("SELECT count(*) FROM log WHERE flags >= 2") ?? 0
      if outside > 0 { problems.append("\(city.file) has \(outside) changes outside its base") }
    }
    return try problems + missing(world) + misfolded(world, reference)
  }

  /// Every change that a person was told is saved, and whose file was not put back to before it, is in the hub's log,
  /// or among the refused ones of its writer.
  private func missing(_ world: RandomWorld) throws -> [String] {
    let store = try HubInspection(world.world)
    // A refused change under a former id is not offered again; its writer still has it to look at.
    let rejected = Set(try world.cities.flatMap { try $0.replica.rejected().map(\.change.name) })
    return try world.written.keys.filter { try !rejected.contains($0) && !store.holds($0) }.map { "\($0) is lost" }
  }

  /// A cell is live iff a change in the hub's log put it and none names it: no order, no clock.
  private func misfolded(_ world: RandomWorld, _ states: [RecordID: RecordState]) throws -> [String] {
    var puts: [RecordID: Set<String>] = [:]
    var overs: [RecordID: Set<String>] = [:]
    for change in try HubInspection(world.world).changes() {
      for operation in change.operations {
        guard let path = operation.path else { continue }
        if case .put = operation { puts[change.record, default: []].insert("\(path) \(change.name)") }
        for name in operation.over { overs[change.record, default: []].insert("\(path) \(name)") }
      }
    }
    return states.compactMap { id, state in
      let live = Set(state.cells.map { "\($0.path) \($0.name)" })
      let expected = puts[id, default: []].subtracting(overs[id, default: []])
      return live == expected ? nil : "\(id) holds \(live.symmetricDifference(expected).sorted())"
    }
  }
}
