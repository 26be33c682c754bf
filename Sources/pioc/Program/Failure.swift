import Terminal

/// Something that cannot be done: one sentence, what to do next, and the exit code that tells programs.
struct Failure: Error {
  let message: String
  let advice: String
  let exitCode: Int32
  /// What there is to choose from, shown between the two.
  var choices: Table?

  /// The command was understood and could not be done.
  static func failed(_ message: String, _ advice: String) -> Failure {
    Failure(message: message, advice: advice, exitCode: ExitCode.failed)
  }

  /// What was typed or given cannot be taken.
  static func usage(_ message: String, _ advice: String) -> Failure {
    Failure(message: message, advice: advice, exitCode: ExitCode.usage)
  }

  /// Trying again later can help.
  static func temporary(_ message: String, _ advice: String) -> Failure {
    Failure(message: message, advice: advice, exitCode: ExitCode.temporary)
  }
}
