/// Makes a failing plan smaller while it fails in the same way.
public struct Reducer {
  /// How many runs it may take.
  public var budget: Int
  private let isFailing: (Plan) -> Bool

  /// Keeps to plans in which the same promise is broken.
  ///
  /// - Parameters:
  ///   - name: the breach that must stay.
  ///   - budget: how many runs it may take.
  public init(keeping name: String, budget: Int = 600) {
    self.init(budget: budget) { Simulation.run($0).breaches.contains { $0.name == name } }
  }

  /// Keeps to plans that fail by any other judgement.
  public init(budget: Int = 600, isFailing: @escaping (Plan) -> Bool) {
    self.budget = budget
    self.isFailing = isFailing
  }

  /// The smallest plan found: stretches of steps are left out, long ones first, as long as the breach stays (ddmin).
  public mutating func reduce(_ plan: Plan) -> Plan {
    var best = plan
    var length = max(1, best.steps.count / 2)
    while length >= 1, budget > 0 {
      var hasShrunk = false
      var start = 0
      while start < best.steps.count, budget > 0 {
        var candidate = best
        candidate.steps.removeSubrange(start..<min(start + length, best.steps.count))
        if fails(candidate) {
          best = candidate
          hasShrunk = true
        } else {
          start += length
        }
      }
      if !hasShrunk { length /= 2 }
    }
    return withFewerCities(best)
  }

  private mutating func withFewerCities(_ plan: Plan) -> Plan {
    var best = plan
    while best.swarm.cities > 2, budget > 0 {
      var candidate = best
      candidate.swarm.cities -= 1
      guard fails(candidate) else { break }
      best = candidate
    }
    return best
  }

  private mutating func fails(_ plan: Plan) -> Bool {
    budget -= 1
    return isFailing(plan)
  }
}
