import Foundation

/// A program that has ended, and what it printed.
struct FinishedRun {
  let words: [String]
  let ending: ChildProgram.Ending
  let output: String
  let errors: String
  let seconds: Double

  var succeeded: Bool { ending == .exited(0) }

  /// Whether the program has said that it is done, by its exit code or by what it printed: from then on
  /// nothing may be lost.
  var acknowledged: Bool { succeeded || !output.isEmpty }

  /// What came of it, for a message.
  var summary: String {
    let said = errors.split(separator: "\n").first.map { ": \($0)" } ?? ""
    return "'\(words.prefix(3).joined(separator: " "))' \(ending)\(said)"
  }

  /// What it printed as JSON.
  func json<T: Decodable>(_ type: T.Type) throws -> T {
    do {
      return try JSONDecoder().decode(type, from: Data(output.utf8))
    } catch {
      throw TrialError("\(summary); its output is not the JSON that was expected: \(output.prefix(200))")
    }
  }

  /// Itself, if it ended well.
  func required() throws -> FinishedRun {
    guard succeeded else { throw TrialError(summary) }
    return self
  }
}
