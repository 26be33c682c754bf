/// One way to hurt the real programs, and what must hold nevertheless.
protocol Trial {
  /// What is done, in a few words.
  var name: String { get }
  /// What must hold, in a few words.
  var promise: String { get }
  /// How much of the time it should have, beside the others.
  var share: Double { get }

  /// Plays rounds until the deadline and records what it finds; throws when it cannot go on.
  func play(
    on stage: TrialStage, until deadline: TrialDeadline, draws: inout Draws, into result: inout TrialResult)
    throws
}
