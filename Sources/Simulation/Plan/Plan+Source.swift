extension Plan {
  /// A test of the Swift Testing library that runs exactly this plan, whatever becomes of the generator.
  public func source(named name: String) -> String {
    let steps = steps.map { "        .\($0.source)," }.joined(separator: "\n")
    return """
      @Test("\(name)")
      func seed\(seed)() {
        var swarm = Swarm()
        swarm.cities = \(swarm.cities)
        swarm.members = \(swarm.members)
        swarm.records = \(swarm.records)
        swarm.batch = \(swarm.batch)
        swarm.page = \(swarm.page)
        swarm.integrators = \(swarm.integrators)
        swarm.readers = \(swarm.readers)
        swarm.copiesBlankFiles = \(swarm.copiesBlankFiles)
        let plan = Plan(seed: \(seed), swarm: swarm, steps: [
      \(steps)
        ])
        #expect(Simulation.run(plan).breaches.isEmpty)
      }
      """
  }
}

extension Step {
  /// The step as Swift writes it.
  var source: String {
    switch self {
    case .edit(let city, let edit, let record, let salt):
      "edit(city: \(city), .\(edit.rawValue), record: \(record), salt: \(salt))"
    case .sync(let cities, let weather, let salt): "sync(\(cities), .\(weather.rawValue), salt: \(salt))"
    case .plan(let machine, let fault, let operation):
      "plan(\(machine.source), .\(fault.rawValue), operation: \(operation))"
    case .stop(let machine, let isPowerLoss): "stop(\(machine.source), isPowerLoss: \(isPowerLoss))"
    case .keep(let machine): "keep(\(machine.source))"
    case .putBack(let machine, let index): "putBack(\(machine.source), \(index))"
    case .copy(let city): "copy(\(city))"
    case .clock(let machine, let skew): "clock(\(machine.source), \(skew))"
    case .revoke(let city): "revoke(\(city))"
    case .arriveLate: "arriveLate"
    case .compact: "compact"
    case .post(let system, let weather, let salt): "post(\(system), .\(weather.rawValue), salt: \(salt))"
    case .wait(let who, let weather, let salt): "wait(\(who), .\(weather.rawValue), salt: \(salt))"
    case .withdraw(let who): "withdraw(\(who))"
    }
  }
}

extension Step.Machine {
  /// The machine as Swift writes it.
  var source: String {
    switch self {
    case .hub: ".hub"
    case .city(let index): ".city(\(index))"
    }
  }
}
