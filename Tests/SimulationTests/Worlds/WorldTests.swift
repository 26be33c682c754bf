import Simulation
import Testing

@Suite("Simulated worlds", .serialized)
struct WorldTests {
  @Test("no promise is broken in the first worlds, and faults of every kind come")
  func peace() {
    var marks = Marks()
    for seed in UInt64(1)...40 {
      let outcome = Simulation.run(Plan(seed: seed))
      marks.add(outcome.marks)
      for breach in outcome.breaches { Issue.record("seed \(seed): \(breach.name): \(breach.detail)") }
      #expect(outcome.acknowledged > 0 || outcome.breaches.isEmpty)
    }
    for mark in ["city copied", "city restored", "network: answerLost", "power loss: city", "fate: applied"] {
      #expect(marks.counts[mark] != nil, "\(mark) never came")
    }
  }

  @Test("a world that copies blank files tells the same story as one that makes its own")
  func blankFiles() {
    var seeds = 0
    for seed in UInt64(1)...60 where seeds < 4 {
      var plan = Plan(seed: seed)
      // A disk that fails counts its operations, and a power loss is drawn by them.
      let hasFailingDisk = plan.steps.contains { step in
        switch step {
        case .plan, .stop: true
        default: false
        }
      }
      if hasFailingDisk { continue }
      seeds += 1
      let traces = [false, true].map { copies in
        plan.swarm.copiesBlankFiles = copies
        return Simulation.run(plan).trace
      }
      #expect(traces[0].hash == traces[1].hash, "seed \(seed)")
      #expect(!traces[0].last.isEmpty)
    }
    #expect(seeds == 4)
    #expect(!Swarm().copiesBlankFiles, "a plan that was written down makes its files")
    let copying = (UInt64(1)...320).count { Plan(seed: $0).swarm.copiesBlankFiles }
    #expect((280..<320).contains(copying))
  }

  @Test("a plan is its seed's alone")
  func plans() {
    #expect(Plan(seed: 7) == Plan(seed: 7))
    #expect(Plan(seed: 7).steps != Plan(seed: 8).steps)
  }

  @Test("a failing plan is made smaller, down to the steps that matter, in their order")
  func reducing() {
    let plan = Plan(seed: 12)
    let (first, last) = (plan.steps[3], plan.steps[plan.steps.count - 2])
    var reducer = Reducer { plan in
      guard let start = plan.steps.firstIndex(of: first) else { return false }
      return plan.steps[start...].contains(last)
    }
    let reduced = reducer.reduce(plan)
    #expect(reduced.steps == [first, last])
    #expect(reduced.swarm.cities == 2)
  }

  @Test("reducing ends when its budget does")
  func budget() {
    var runs = 0
    var reducer = Reducer(budget: 10) { _ in
      runs += 1
      return false
    }
    #expect(reducer.reduce(Plan(seed: 3)) == Plan(seed: 3))
    #expect(runs == 10)
  }

  @Test("a plan is written down as a test that says all of it")
  func source() {
    let plan = Plan(
      seed: 5, swarm: Swarm(),
      steps: [
        .edit(city: 1, .title, record: 2, salt: 3), .plan(.hub, .kill, operation: 9), .sync([0, 1], .lossy, salt: 4),
      ])
    let text = plan.source(named: "a name")
    for part in [
      "@Test(\"a name\")", "Plan(seed: 5", ".edit(city: 1, .title, record: 2, salt: 3)",
      ".plan(.hub, .kill, operation: 9)", ".sync([0, 1], .lossy, salt: 4)",
    ] {
      #expect(text.contains(part))
    }
  }
}
