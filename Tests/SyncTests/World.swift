import JSON
import Sync

/// Replicas, a hub and one seed; the same seed gives the same world.
struct World {
  /// What may happen in a world.
  struct Rules {
    var replicas = 3
    var records = 2
    var refusals = 10
    var lostAnswers = 10
    var restores = 0
    var erasures = 1
    /// Whether one replica is never heard of again after a restore.
    var hasDeath = false
  }

  let rules: Rules
  var random: SplitMix64
  var hub = ToyHub()
  var replicas: [ToyReplica]
  var naive: [ChangeName: NaiveChange] = [:]
  private var clock = Sample.noon
  private var backup = ToyHub()
  private var restoresLeft: Int
  /// The replica that is gone for good.
  private(set) var dead: Int?

  init(seed: UInt64, _ rules: Rules) {
    self.rules = rules
    random = SplitMix64(seed: seed)
    restoresLeft = rules.restores
    replicas = []
    for id in Sample.all.prefix(rules.replicas) {
      replicas.append(ToyReplica(id: id, skew: Int64(random.below(2_000_000)) - 1_000_000))
    }
  }

  var living: [ToyReplica] { replicas.indices.filter { $0 != dead }.map { replicas[$0] } }

  var records: [RecordID] { (0..<rules.records).map { RecordID(Sample.record.value + UInt128($0)) } }

  /// Lets something happen.
  mutating func step() throws {
    clock += Int64(random.below(400_000))
    let index = random.below(replicas.count)
    if index == dead { return }
    switch random.below(100) {
    case 0..<45: try edit(index)
    case 45..<65: push(index, count: 1 + random.below(4), mayLose: true)
    case 65..<92: replicas[index].pull(from: hub, count: 1 + random.below(5))
    case 92..<96: backup = hub
    default: restore()
    }
  }

  private mutating func restore() {
    guard restoresLeft > 0 else { return }
    restoresLeft -= 1
    let history = hub.history + 1
    hub = backup
    hub.history = history
    if rules.hasDeath, dead == nil { dead = random.below(replicas.count) }
  }

  private mutating func push(_ index: Int, count: Int, mayLose: Bool) {
    let isLost = mayLose && random.chance(rules.lostAnswers)
    var dice = random
    replicas[index].push(to: &hub, count: count, clock: clock, isLost: isLost) { dice.chance(rules.refusals) }
    random = dice
  }

  /// Everybody syncs, a little at a time and in any order, until there is nothing left to say.
  mutating func settle() {
    while !living.allSatisfy({ $0.isSettled && $0.history == hub.history && $0.cursor == hub.log.count }) {
      let index = random.below(replicas.count)
      if index == dead { continue }
      if random.chance(50) {
        push(index, count: 1 + random.below(2), mayLose: false)
      } else {
        replicas[index].pull(from: hub, count: 1 + random.below(3))
      }
    }
  }

  // MARK: Editing

  private static let plain: [Path] = [Path("title"), Path("when"), Path("visibility")]
  private static let keyed: [Path] = [
    Path("areas", "a"), Path("areas", "b"), Path("areas", "c"), Path("points", "p"),
    .position(of: "points", item: "p"),
  ]

  private mutating func edit(_ index: Int) throws {
    let record = random.pick(records)
    let wanted = wishes(isDeleted: replicas[index].shown(record).isDeleted)
    try replicas[index].edit(record, clock: clock) { draft in
      for wish in wanted { wish(&draft) }
    }
  }

  private mutating func wishes(isDeleted: Bool) -> [(inout ChangeDraft) -> Void] {
    let lot = random.below(100)
    if lot < rules.erasures { return [{ $0.erase() }] }
    if lot < (isDeleted ? 50 : 10) { return [{ $0.restore() }] }
    if lot < 28 { return [{ $0.delete() }] }
    return (0...random.below(3)).map { _ in wish() }
  }

  private mutating func wish() -> (inout ChangeDraft) -> Void {
    let path = random.chance(45) ? random.pick(Self.plain) : random.pick(Self.keyed)
    if path.key != nil, random.chance(45) { return { $0.drop(path) } }
    let value = value(at: path)
    return { $0.put(path, value) }
  }

  private mutating func value(at path: Path) -> JSON {
    if path.field == "visibility" { return random.pick(["public", "network", "city", "sealed"]) }
    if path.field == "areas" { return true }
    return random.pick([.int(Int64(random.below(3))), "é", ["zone": "UTC", "start": "2026"], nil])
  }
}
