import JSON
import Replica
import SQLite
import Sync

/// A hub and some cities on simulated disks, in one thread: production code from the bytes of HTTP to those of SQLite.
final class World {
  let swarm: Swarm
  let seed: UInt64
  let hub: HubMachine
  var cities: [CityMachine] = []
  /// The right time, in milliseconds; machines have their own clocks beside it.
  private(set) var time: Int64 = 1_800_000_000_000
  var marks = Marks()
  var trace = Trace()
  var oracle = Oracle()
  /// The records that people write to.
  var records: [RecordID] = []
  /// What people wrote over.
  var replacements: [Replacement] = []
  /// Requests that are held up on the way.
  var late: [[UInt8]] = []
  /// Whether no file was ever copied, put back or shut out: then nobody has a reason to repair anything.
  let isUndisturbed: Bool
  /// Other systems that post plain records, and readers of the feed.
  private(set) var systems: [IntegratorMachine] = []
  private(set) var readers: [ReaderMachine] = []
  /// How many requests with plain records were made.
  var runs: Int64 = 0
  /// How often the hub was put back.
  var restorations = 0
  /// How many messages have come to the hub.
  var nextTicket = 0
  /// Connections on which the hub holds its answer back.
  var held: [Int: OpenConnection] = [:]
  /// Who waits for such an answer.
  var waiters: [Waiter] = []
  /// Answers to those who have waited, on their way.
  var arrivals: [(ticket: Int, bytes: [UInt8])] = []
  /// How many changes people were told are saved.
  var acknowledged = 0
  private(set) var breaches: [Breach] = []

  init(_ plan: Plan) throws {
    swarm = plan.swarm
    seed = plan.seed
    isUndisturbed = !plan.steps.contains { step in
      switch step {
      case .copy, .putBack, .revoke: true
      default: false
      }
    }
    let blank = plan.swarm.copiesBlankFiles ? (hub: try BlankFiles.hub, replica: try BlankFiles.replica) : nil
    // Only after what the process makes once: each run of a seed has to draw the same numbers.
    SQLiteRandomness.seed(plan.seed)
    let clock = Clock()
    self.clock = clock
    hub = HubMachine(seed: plan.seed) { clock.now }
    blank?.hub.install(on: hub.disk)
    marks.hit(blank == nil ? "files made" : "files copied")
    try hub.start()
    for index in 0..<plan.swarm.cities {
      let city = CityMachine(name: "city-\(index)", member: "member-\(index % plan.swarm.members)", seed: plan.seed)
      cities.append(city)
      try city.create(from: blank?.replica)
      join(city)
    }
    var stream = SeededStream(seed: plan.seed, purpose: "records")
    for _ in 0..<plan.swarm.records {
      records.append(RecordID(milliseconds: time, random: stream.bytes(10)))
    }
    try beginSystems(plan.swarm)
  }

  /// Gives a world its other systems and readers.
  private func beginSystems(_ swarm: Swarm) throws {
    for index in 0..<swarm.integrators {
      let system = IntegratorMachine(name: "system-\(index)", member: "member-\(index % swarm.members)")
      systems.append(system)
      guard ensureToken(system) else { throw SimulationError("\(system.line.name) gets no token") }
    }
    for index in 0..<swarm.readers { readers.append(ReaderMachine(name: "reader-\(index)")) }
    // What a system knows as its number 0, people have imported too.
    let id = NaiveDocument.derivedID(kind: Array("event".utf8), source: Array("crm:0".utf8))
    if swarm.integrators > 0, let id = RecordID(Text(id.shown)) { records[0] = id }
  }

  /// The right time, which the hub's clock is set by.
  private final class Clock {
    var now: Int64 = 1_800_000_000_000
  }
  private let clock: Clock

  func city(_ index: Int) -> CityMachine { cities[index % cities.count] }

  func now(_ city: CityMachine) -> Int64 { time + city.skew }

  /// Does one step; throws only when the simulation itself is at fault.
  func run(_ step: Step) throws {
    time += 1_000
    clock.now = time
    trace.add(step.source)
    tick()
    judgeTime()
    switch step {
    case .edit(let index, let edit, let record, let salt): self.edit(city(index), edit, record, salt)
    case .sync(let indices, let weather, let salt): sync(indices.map { city($0) }, weather, salt)
    case .plan(let machine, let fault, let operation): plan(machine, fault, operation)
    case .stop(let machine, let isPowerLoss): stop(machine, isPowerLoss)
    case .keep(let machine): keep(machine)
    case .putBack(let machine, let index): try putBack(machine, index)
    case .copy(let index): copy(city(index))
    case .clock(.hub, let skew):
      hub.skew = skew
      oracle.hubClockMoved()
    case .clock(.city(let index), let skew): city(index).skew = skew
    case .revoke(let index): revoke(city(index))
    case .arriveLate: arriveLate()
    case .compact: compact()
    case .post(let index, let weather, let salt):
      if !systems.isEmpty { post(systems[index % systems.count], weather, salt) }
    case .wait(let index, let weather, let salt): wait(index, weather, salt)
    case .withdraw(let index): withdraw(index)
    }
    deliver()
    tidy()
  }

  /// Notes something that must never be.
  func violate(_ name: String, _ detail: String) {
    breaches.append(Breach(name: name, detail: detail))
    trace.add("BREACH \(name): \(detail)")
  }

  /// Buries the processes that died in a step.
  private func tidy() {
    for city in cities where city.disk.isKilled { bury(city) }
    if hub.disk.isKilled { buryHub() }
  }

  /// A city's process is dead: what it held in memory is gone, and after a power loss what was not synced.
  func bury(_ city: CityMachine) {
    city.drop()
    if city.losesPower { losePower(city.disk, "\(city.name) power") }
    city.losesPower = false
    city.disk.restart()
    trace.add("  \(city.name) died")
  }

  /// The hub's process is dead.
  func buryHub() {
    hub.drop()
    if hub.losesPower || hub.mayHaveFailedSync { losePower(hub.disk, "hub power") }
    hub.losesPower = false
    hub.disk.restart()
    trace.add("  the hub died")
  }

  func losePower(_ disk: SimulatedDisk, _ purpose: String) {
    var stream = SeededStream(seed: seed ^ UInt64(bitPattern: Int64(disk.operations)), purpose: purpose)
    let report = disk.crash(&stream)
    marks.hit("power loss: \(purpose == "hub power" ? "hub" : "city")")
    if report.dropped + report.torn + report.namesDropped > 0 { marks.hit("power loss that took something") }
    if report.torn > 0 { marks.hit("power loss that tore a write") }
  }

  /// Does something with a city's replica as one command does; an error ends the process.
  func command<T>(_ city: CityMachine, _ name: String, _ body: (LocalReplica) throws -> T) -> T? {
    let struck = city.disk.faults.struck
    do {
      let replica = try city.open()
      let result = try body(replica)
      if city.disk.faults.struck > struck { marks.hit("struck: city in \(name)") }
      guard !city.disk.isKilled else {
        oracle.ended(in: city.name)
        return nil
      }
      return result
    } catch {
      if city.disk.faults.struck > struck { marks.hit("struck: city in \(name)") }
      failed(city, name, error, isStruck: city.disk.faults.struck > struck)
      return nil
    }
  }

  /// A command has failed: a real one would have printed the error and ended.
  func failed(_ city: CityMachine, _ name: String, _ error: any Error, isStruck: Bool) {
    trace.add("  \(city.name) \(name): \(error)")
    // What it was writing may be there or not.
    if !(error is SyncFailure) { oracle.ended(in: city.name) }
    if city.disk.isKilled {
      marks.hit("killed: city in \(name)")
      return
    }
    switch error {
    case let failure as SyncFailure:
      marks.hit("sync failure: \(failure.kind)")
      if failure.kind == .refused(.unauthorized) || failure.kind == .refused(.revoked) { city.needsInvite = true }
    case ReplicaError.erased: marks.hit("replica error: erased")
    // Of two values in conflict one may be an own one that no hub would take.
    case ReplicaError.refused: marks.hit("replica error: refused")
    default:
      let code = (error as? SQLiteError).map { "\($0.code & 0xFF)" } ?? "other"
      marks.hit("store error: \(code) in \(name)")
      if !isStruck, city.disk.faults.capacity == nil { violate("unprovoked-error", "\(city.name) \(name): \(error)") }
      city.close()
    }
  }
}
