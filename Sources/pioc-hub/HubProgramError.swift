/// Something that cannot be done, with what to do next and the exit code that tells programs.
struct HubProgramError: Error, CustomStringConvertible {
  let message: String
  let advice: String
  let exitCode: Int32

  var description: String { "\(message)\n\(advice)" }

  static func failed(_ message: String, _ advice: String) -> HubProgramError {
    HubProgramError(message: message, advice: advice, exitCode: 1)
  }

  static func usage(_ message: String, _ advice: String) -> HubProgramError {
    HubProgramError(message: message, advice: advice, exitCode: 2)
  }
}
