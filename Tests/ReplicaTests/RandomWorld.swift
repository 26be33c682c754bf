import Foundation
import Hub
import JSON
import Replica
import Store
import Sync
import TestKit

/// A world in which people do random things and the network, the disks and the backups do their worst.
final class RandomWorld {
  let world: TestWorld
  var random: SeededRandom
  var cities: [TestCity] = []
  var records: [RecordID] = []
  /// What was acknowledged to a person, by the file that must keep it.
  var written: [ChangeName: String] = [:]
  var trace: [String] = []
  private var backups: [(name: String, city: TestCity?)] = []
  private var counter = 0
  let allowsBackups: Bool

  init(seed: UInt64, allowsBackups: Bool) throws {
    world = try TestWorld()
    random = SeededRandom(seed)
    self.allowsBackups = allowsBackups
    for member in ["bogota", "durban", "tripoli"] { cities.append(try world.city(member)) }
  }

  func step() throws {
    world.time += Int64(random.below(100_000))
    let city = random.pick(cities)
    switch random.below(allowsBackups ? 24 : 20) {
    case 0...8: try edit(city)
    case 9...15: sync(city)
    case 16...19: syncLosingAnswers(city)
    case 20: try backUp(city)
    case 21: try restore()
    case 22: try copy(city)
    default: city.skew = Int64(random.below(3) - 1) * 315_360_000_000
    }
  }

  private func edit(_ city: TestCity) throws {
    if records.isEmpty || random.below(6) == 0 {
      records.append(RecordID(milliseconds: world.time, random: random.bytes(10)))
    }
    let id = random.pick(Array(records.suffix(4)))
    guard try city.state(id)?.isErased != true else { return }
    counter += 1
    let value = Text("v\(counter)")
    let choice = random.below(14)
    trace.append("\(city.file) edits \(id) choice \(choice) value \(value)")
    if choice == 13 {
      let long = Text(String(repeating: "x", count: 2_000) + value.string)
      remember(try city.writeUnchecked(id, "title", .string(long)), city)
      return
    }
    let change = try city.edit(id) { draft in
      switch choice {
      case 0...4: draft.put("title", .string(value))
      case 5...6: draft.put("summary", .string(value))
      case 7...8: draft.put(Path("topics", Text("t\(counter % 3)")), true)
      case 9: draft.drop(Path("topics", Text("t\(counter % 3)")))
      case 10: if !draft.state.isDeleted { draft.delete() }
      case 11: draft.restore()
      default:
        draft.put("title", .string(value))
        draft.put("summary", .string(value))
      }
    }
    remember(change, city)
  }

  private func remember(_ change: Change?, _ city: TestCity) {
    guard let change else { return }
    written[change.name] = city.file
  }

  private func sync(_ city: TestCity) {
    trace.append("\(city.file) syncs")
    do { try heal(city, sizes()) } catch is SyncFailure {} catch { trace.append("  \(error)") }
  }

  /// Syncs; a hub that came back from before this replica joined needs a new invite first, as an administrator gives.
  func heal(_ city: TestCity, _ sizes: SyncSession.Settings = SyncSession.Settings()) throws {
    do {
      try city.sync(sizes)
    } catch let failure as SyncFailure where failure.kind == .refused(.unauthorized) {
      trace.append("\(city.file) joins again")
      try city.join()
      try city.sync(sizes)
    }
  }

  private func syncLosingAnswers(_ city: TestCity) {
    let lost = random.below(4)
    trace.append("\(city.file) syncs, answer \(lost) is lost")
    var call = -1
    world.deliver = { _, reply in
      call += 1
      return call == lost ? nil : reply
    }
    do { try city.sync(sizes()) } catch is SyncFailure {} catch { trace.append("  \(error)") }
    world.deliver = nil
  }

  private func sizes() -> SyncSession.Settings {
    var sizes = SyncSession.Settings()
    sizes.batchChanges = 1 + random.below(4)
    sizes.pageEntries = 1 + random.below(5)
    return sizes
  }

  private func backUp(_ city: TestCity) throws {
    let name = "backup-\(backups.count).db"
    if random.below(2) == 0 {
      trace.append("the hub is backed up as \(name)")
      try world.backUpHub(as: name)
      backups.append((name, nil))
    } else {
      trace.append("\(city.file) is backed up as \(name)")
      try city.reopen { try world.folder.copy(city.file, to: name) }
      backups.append((name, city))
    }
  }

  private func restore() throws {
    guard !backups.isEmpty else { return }
    let backup = random.pick(backups)
    trace.append("\(backup.name) is put back")
    if let city = backup.city {
      try city.reopen { try world.folder.copy(backup.name, to: city.file) }
      // What this file alone held is gone with it; nobody can promise more.
      for (name, file) in written where file == city.file {
        if try !holds(city, name) { written[name] = nil }
      }
    } else {
      try world.restoreHub(from: backup.name)
    }
  }

  private func copy(_ city: TestCity) throws {
    guard cities.count < 6 else { return }
    let name = "copy-\(cities.count).db"
    trace.append("\(city.file) is copied as \(name)")
    cities.append(try world.copy(city, as: name))
  }

  private func holds(_ city: TestCity, _ name: ChangeName) throws -> Bool {
    let store = city.replica.store
    guard let number = try store.replicas.find(name.replica) else { return false }
    return try store.log.position(of: name, replica: number) != nil
  }
}
