/// The moment at which a trial should come to its end; what it has begun it still finishes and checks.
struct TrialDeadline {
  private let end: Double

  init(seconds: Double) { end = Monotonic.seconds + seconds }

  var secondsLeft: Double { max(0, end - Monotonic.seconds) }
  var isOver: Bool { Interruption.isAsked || secondsLeft <= 0 }

  /// The first part of what is left.
  func part(_ fraction: Double) -> TrialDeadline { TrialDeadline(seconds: secondsLeft * fraction) }
}
