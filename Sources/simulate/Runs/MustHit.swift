/// What must have happened somewhere in ten thousand seeds: a fault or a repair that never comes is not tested.
enum MustHit {
  static let marks: [String] = [
    "answer: forked", "answer: history-changed",
  ]
}
