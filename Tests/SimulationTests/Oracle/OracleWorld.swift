import Foundation
import Hub
import JSON
import Replica
import SQLite
import Simulation
import Store
import Sync
import TestKit

/// The real engine with real files and a small storm of faults, and an oracle that is told of everything.
final class OracleWorld {
  let world: TestWorld
  var oracle = Oracle()
  var random: SeededRandom
  var cities: [TestCity] = []
  var records: [RecordID] = []
  /// What the oracle found on the way.
  var found: [Violation] = []
  var trace: [String] = []
  private var backups: [(name: String, city: TestCity?)] = []
  private var counter = 0

  init(seed: UInt64) throws {
    world = try TestWorld()
    random = SeededRandom(seed)
    for member in ["bogota", "durban", "tripoli"] { cities.append(try world.city(member)) }
    world.deliver = { [unowned self] call, reply in
      note(call, reply)
      return reply
    }
  }

  var hub: Connection { world.hub.storeForInspection.connection }

  func connection(_ city: TestCity) -> Connection { city.replica.store.connection }

  // MARK: Steps

  func step(backups allowsBackups: Bool) throws {
    world.time += Int64(random.below(100_000))
    let city = random.pick(cities)
    switch random.below(allowsBackups ? 26 : 20) {
    case 0...9: try edit(city)
    case 10...15: sync(city, losing: nil)
    case 16...19: sync(city, losing: random.below(4))
    case 20...21: try backUp(city)
    case 22: try restore()
    case 23: if cities.count < 6 { try copyFile(of: city) }
    case 24: city.skew = Int64(random.below(3) - 1) * 315_360_000_000
    default: try giveUp(city)
    }
    found += try oracle.observeHub(hub)
    if random.below(4) == 0 { try check() }
  }

  func check() throws {
    found += try oracle.check(hub, file: "hub", isHub: true)
    for city in cities { found += try oracle.check(connection(city), file: city.file, isHub: false) }
  }

  func judge() throws -> [Violation] {
    try oracle.judge(hub: hub, replicas: cities.map { ($0.file, connection($0)) })
  }

  func settle() {
    for _ in 0..<4 { for city in cities { sync(city, losing: nil) } }
  }

  func edit(_ city: TestCity) throws {
    if records.isEmpty || random.below(6) == 0 {
      records.append(RecordID(milliseconds: world.time, random: random.bytes(10)))
    }
    let id = random.pick(Array(records.suffix(4)))
    guard try city.state(id)?.isErased != true else { return }
    counter += 1
    let value = Text("v\(counter)")
    let choice = random.below(17)
    trace.append("\(city.file) edits \(id) choice \(choice) value \(value)")
    if choice == 16 {
      let long = Text(String(repeating: "x", count: 2_000) + value.string)
      return remember(try city.writeUnchecked(id, "title", .string(long)), city)
    }
    let change = try city.edit(id) { draft in
      switch choice {
      case 0...4: draft.put("title", .string(value))
      case 5...6: draft.put("summary", .string(value))
      case 7...8: draft.put(Path("topics", Text("t\(counter % 3)")), true)
      case 9: draft.drop(Path("topics", Text("t\(counter % 3)")))
      case 10...11: if !draft.state.isDeleted { draft.delete() }
      case 12: draft.restore()
      case 13: if counter % 3 == 0 { draft.erase() }
      case 14 where records[0] != id: draft.put(Path("relatedEvents", Text(records[0].description)), true)
      default:
        draft.put("title", .string(value))
        draft.put("summary", .null)
      }
    }
    remember(change, city)
  }

  /// Writes a change of which somebody is told.
  func write(_ city: TestCity, _ id: RecordID, _ body: (inout ChangeDraft) throws -> Void) throws {
    guard let change = try city.edit(id, body) else { return }
    oracle.saved(change.bytes, in: city.file)
  }

  func remember(_ change: Change?, _ city: TestCity) {
    guard let change else { return }
    // Now and then the process dies before anybody is told.
    if counter % 11 == 0 { oracle.ended(in: city.file) } else { oracle.saved(change.bytes, in: city.file) }
    if counter % 11 == 0 {
      found += (try? oracle.check(connection(city), file: city.file, isHub: false)) ?? []
    }
  }

  private func giveUp(_ city: TestCity) throws {
    guard let rejected = try city.replica.rejected().first else { return }
    trace.append("\(city.file) gives up \(rejected.change.name)")
    oracle.gaveUp(rejected.change.bytes)
    try city.replica.discard(rejected)
  }

  // MARK: The network

  func sync(_ city: TestCity, losing lost: Int?) {
    trace.append("\(city.file) syncs\(lost.map { ", answer \($0) is lost" } ?? "")")
    var call = -1
    world.deliver = { [unowned self] request, reply in
      call += 1
      note(request, reply)
      return call == lost ? nil : reply
    }
    do { try heal(city) } catch is SyncFailure {} catch { trace.append("  \(error)") }
  }

  /// A hub that came back from before this replica joined needs a new invite first.
  private func heal(_ city: TestCity) throws {
    var sizes = SyncSession.Settings()
    sizes.batchChanges = 1 + random.below(4)
    sizes.pageEntries = 1 + random.below(5)
    do {
      try city.sync(sizes)
    } catch let failure as SyncFailure where failure.kind == .refused(.unauthorized) {
      try city.join()
      try city.sync(sizes)
    }
  }

  /// Tells the oracle what the hub answered, whether the answer arrives or not.
  private func note(_ call: HubCall, _ reply: HubReply) {
    guard call.path.hasPrefix("/v1/sync"), reply.status == 200, let request = try? JSON.parse(call.body),
      let answer = try? JSON.parse(reply.body), let replica = request["replica"]?.text
    else { return }
    for result in answer["results"]?.array ?? [] {
      guard let n = result["n"]?.integer, let fate = result["fate"]?.text else { continue }
      oracle.acknowledged(
        replica: replica.string, n: n, fate: fate.string, seq: result["seq"]?.integer,
        time: result["time"]?.integer)
    }
  }

  // MARK: Files

  private func backUp(_ city: TestCity) throws {
    let name = "backup-\(backups.count).db"
    if random.below(2) == 0 {
      trace.append("the hub is backed up as \(name)")
      try world.backUpHub(as: name)
      backups.append((name, nil))
    } else {
      trace.append("\(city.file) is backed up as \(name)")
      try city.reopen { try world.folder.copy(city.file, to: name) }
      oracle.copied(city.file, to: name)
      backups.append((name, city))
    }
  }

  func restore() throws {
    guard !backups.isEmpty else { return }
    let backup = random.pick(backups)
    trace.append("\(backup.name) is put back")
    if let city = backup.city {
      try city.reopen { try world.folder.copy(backup.name, to: city.file) }
      oracle.copied(backup.name, to: city.file)
    } else {
      try world.restoreHub(from: backup.name)
      try oracle.hubRestored(hub)
    }
  }

  @discardableResult
  func copyFile(of city: TestCity) throws -> TestCity {
    let name = "copy-\(cities.count).db"
    trace.append("\(city.file) is copied as \(name)")
    let copy = try world.copy(city, as: name)
    cities.append(copy)
    oracle.copied(city.file, to: name)
    return copy
  }
}
