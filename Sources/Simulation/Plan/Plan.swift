/// All that happens in one world, decided before it begins: the seed's whole meaning.
public struct Plan: Hashable, Sendable {
  /// The seed.
  public let seed: UInt64
  /// How the world is.
  public var swarm: Swarm
  /// What happens, in order; then everything is healed and must come to rest.
  public var steps: [Step]

  /// The plan of a seed.
  public init(seed: UInt64) {
    self.seed = seed
    var stream = SeededStream(seed: seed, purpose: "swarm")
    var others = SeededStream(seed: seed, purpose: "systems")
    var swarm = Swarm(&stream)
    swarm.addSystems(&others)
    var files = SeededStream(seed: seed, purpose: "files")
    swarm.drawFiles(&files)
    self.swarm = swarm
    stream = SeededStream(seed: seed, purpose: "steps")
    steps = []
    while steps.count < swarm.steps {
      let step = Self.step(swarm, &stream)
      steps.append(step)
      switch step {
      case .putBack(.hub, _) where stream.chance(oneIn: 3):
        steps += stream.chance(oneIn: 2) ? Self.secondThoughts(swarm, &stream) : Self.olderYet(&stream)
      case .copy(let city) where swarm.weights[.putBack] != nil && stream.chance(oneIn: 2):
        steps += stream.chance(oneIn: 2) ? Self.rivals(city, &stream) : Self.twins(city, &stream)
      case .plan(.hub, .sync, _): steps += Self.dyingDisk(&stream)
      default: break
      }
    }
  }

  /// A plan from its parts, as a reduced one is written down.
  public init(seed: UInt64, swarm: Swarm, steps: [Step]) {
    self.seed = seed
    self.swarm = swarm
    self.steps = steps
  }

  private static func step(_ swarm: Swarm, _ stream: inout SeededStream) -> Step {
    var lot = stream.below(100 + swarm.weights.values.reduce(0, +))
    if lot < 55 { return edit(&stream) }
    if lot < 100 { return sync(swarm, &stream) }
    lot -= 100
    for kind in Swarm.Kind.allCases {
      let weight = swarm.weights[kind] ?? 0
      if lot < weight { return step(kind, swarm, &stream) }
      lot -= weight
    }
    return .arriveLate
  }

  /// The copy that was put back was the wrong one: while the cities are still finding out about the first, another comes.
  private static func secondThoughts(_ swarm: Swarm, _ stream: inout SeededStream) -> [Step] {
    let cities = (0..<3).map { _ in stream.below(64) }
    return [.sync(cities, .lossy, salt: stream.next()), .putBack(.hub, stream.below(64))]
  }

  /// A city has just been told that the hub is not the one it was, which has all that it wrote; its line breaks, and before
  /// it goes on, an older copy yet is put back, which has not.
  private static func olderYet(_ stream: inout SeededStream) -> [Step] {
    let city = stream.below(64)
    let writing = [city, city + 1].flatMap { writer -> [Step] in
      [
        .keep(.hub), .edit(city: writer, .summary, record: stream.below(64), salt: stream.next()),
        .sync([writer, city], .calm, salt: stream.next()),
      ]
    }
    return writing + [
      .putBack(.hub, stream.below(64)), .sync([city], .lossy, salt: stream.next()), .putBack(.hub, stream.below(64)),
    ]
  }

  /// The original of a copy writes to a hub that is put back to before; then both write on under one name.
  private static func rivals(_ city: Int, _ stream: inout SeededStream) -> [Step] {
    [
      .keep(.hub), .edit(city: city, .summary, record: stream.below(64), salt: stream.next()),
      .edit(city: city, .refused, record: stream.below(64), salt: stream.next()),
      .sync([city], .calm, salt: stream.next()), .putBack(.hub, stream.below(64)),
    ] + goingOn(&stream)
  }

  /// A city replaces a value that the hub refuses, and is copied; then old copies of the hub and of the city are put back.
  ///
  /// The copy had to take another name. It knows that the value was refused, and offers only what replaced it; the old
  /// file offers all of it again.
  private static func twins(_ city: Int, _ stream: inout SeededStream) -> [Step] {
    let record = stream.below(64)
    return [
      .keep(.hub), .edit(city: city, .refused, record: record, salt: stream.next()),
      .edit(city: city, .title, record: record, salt: stream.next()), .keep(.city(city)),
      .sync([city], .calm, salt: stream.next()), .copy(city),
      .edit(city: city, .summary, record: stream.below(64), salt: stream.next()),
      .sync([city], .calm, salt: stream.next()),
    ] + goingOn(&stream) + [.putBack(.hub, stream.below(64)), .putBack(.city(city), stream.below(64))]
      + goingOn(&stream)
  }

  private static func goingOn(_ stream: inout SeededStream) -> [Step] {
    (0..<4).flatMap { _ -> [Step] in
      [edit(&stream), .sync((0..<3).map { _ in stream.below(64) }, .calm, salt: stream.next())]
    }
  }

  /// The hub's disk refuses to store, the process is killed over it, goes on at the next start, and then the power fails.
  private static func dyingDisk(_ stream: inout SeededStream) -> [Step] {
    let city = stream.below(64)
    return [false, true].flatMap { isPowerLoss -> [Step] in
      [
        .edit(city: city, .summary, record: stream.below(64), salt: stream.next()),
        .sync([city], .calm, salt: stream.next()), .stop(.hub, isPowerLoss: isPowerLoss),
      ]
    }
  }

  private static func edit(_ stream: inout SeededStream) -> Step {
    let edits: [(Step.Edit, Int)] = [
      (.title, 24), (.summary, 12), (.both, 8), (.element, 12), (.drop, 6), (.delete, 6), (.restore, 6), (.resolve, 12),
      (.refused, 8), (.discard, 2), (.erase, 3),
    ]
    var lot = stream.below(edits.reduce(0) { $0 + $1.1 })
    for (edit, weight) in edits {
      if lot < weight {
        return .edit(city: stream.below(64), edit, record: stream.below(64), salt: stream.next())
      }
      lot -= weight
    }
    return .arriveLate
  }

  private static func sync(_ swarm: Swarm, _ stream: inout SeededStream) -> Step {
    let count = stream.chance(oneIn: 4) ? 2 + stream.below(3) : 1
    return .sync((0..<count).map { _ in stream.below(64) }, weather(swarm, &stream), salt: stream.next())
  }

  private static func weather(_ swarm: Swarm, _ stream: inout SeededStream) -> Step.Weather {
    stream.below(100) < swarm.lossy ? .lossy : .calm
  }

  private static func step(_ kind: Swarm.Kind, _ swarm: Swarm, _ stream: inout SeededStream) -> Step {
    switch kind {
    case .plan:
      // The early operations of a command are the interesting ones, but the late ones must come too.
      let reach = [4, 16, 60, 250][stream.below(4)]
      let fault = Step.Fault.allCases[stream.below(Step.Fault.allCases.count)]
      return .plan(machine(&stream), fault, operation: 1 + stream.below(reach))
    case .stop: return .stop(machine(&stream), isPowerLoss: stream.chance(oneIn: 2))
    case .keep: return .keep(machine(&stream))
    case .putBack: return .putBack(machine(&stream), stream.below(64))
    case .copy: return .copy(stream.below(64))
    case .clock:
      let years: [Int64] = [-50, -10, 0, 0, 1, 10, 8_000]
      return .clock(
        machine(&stream), years[stream.below(years.count)] * 31_557_600_000 + Int64(stream.below(7_200_000)))
    case .revoke: return .revoke(stream.below(64))
    case .arriveLate: return .arriveLate
    case .compact: return .compact
    case .post: return .post(stream.below(64), weather(swarm, &stream), salt: stream.next())
    case .wait: return .wait(stream.below(64), weather(swarm, &stream), salt: stream.next())
    case .withdraw: return .withdraw(stream.below(64))
    }
  }

  private static func machine(_ stream: inout SeededStream) -> Step.Machine {
    stream.chance(oneIn: 3) ? .hub : .city(stream.below(64))
  }
}
