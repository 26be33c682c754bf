/// What a trial has done and found.
struct TrialResult {
  let name: String
  let promise: String
  var rounds = 0
  var kills = 0
  var seconds = 0.0
  private(set) var checks = 0
  private(set) var failures: [String] = []
  /// How much was covered, in words.
  var notes: [String] = []
  /// Why a part of it, or all of it, was not played.
  var skipped: String?

  init(_ trial: any Trial) {
    name = trial.name
    promise = trial.promise
  }

  /// Records a check; the words say what is wrong when it does not hold.
  mutating func expect(_ holds: Bool, _ wrong: @autoclosure () -> String) {
    checks += 1
    if !holds { fail(wrong()) }
  }

  /// Records that something is wrong.
  mutating func fail(_ what: String) { failures.append("round \(rounds): \(what)") }
}
