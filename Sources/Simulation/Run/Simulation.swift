import Hub
import Replica
import Sync

/// Runs worlds and judges them.
public enum Simulation {
  /// What came of one world.
  public struct Outcome: Sendable {
    /// What must never be, but was.
    public let breaches: [Breach]
    /// What happened.
    public let marks: Marks
    /// The story, and its hash.
    public let trace: Trace
    /// How many changes people were told are saved.
    public let acknowledged: Int
  }

  /// Runs a plan to its end: faults, healing, rest, judgement.
  public static func run(_ plan: Plan) -> Outcome {
    do {
      let world = try World(plan)
      for step in plan.steps {
        try world.run(step)
        if !world.breaches.isEmpty { return world.outcome }
      }
      try world.heal()
      try world.judge()
      return world.outcome
    } catch {
      return Outcome(
        breaches: [Breach(name: "simulation-failed", detail: "\(error)")], marks: Marks(), trace: Trace(),
        acknowledged: 0)
    }
  }
}
