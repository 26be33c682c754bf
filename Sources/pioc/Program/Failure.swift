/// Something that cannot be done: one sentence, what to do next, and the exit code that tells programs.
struct Failure: Error {
  let message: String
  let advice: String
  let exitCode: Int32
  /// Lines between the two that list what there is to choose from; safe for a terminal already.
  var choices: [String] = []

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
