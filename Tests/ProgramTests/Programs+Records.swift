import Foundation
import JSON
import Replica
import Sync
import TestKit

extension Programs {
  /// Runs `pioc` as a city and holds it to an exit code.
  @discardableResult
  func must(_ city: String, _ words: String..., code: Int32 = 0, input: String = "") throws -> Result {
    let result = try pioc(city, words, input: input)
    guard result.exitCode == code else {
      throw TestError("\(words): \(result.exitCode), not \(code): \(result.output)\(result.errors)")
    }
    return result
  }

  /// A new event's id.
  func addEvent(_ city: String, _ words: String...) throws -> String {
    let result = try pioc(city, ["event", "add", "--when", "2027-03-01", "--json"] + words)
    guard let id = try JSON.parse(Array(result.output.utf8))["id"]?.text?.string else {
      throw TestError(result.errors)
    }
    return id
  }

  /// What a command prints with `--json`.
  func json(_ city: String, _ words: String...) throws -> JSON {
    let result = try pioc(city, words + ["--json"])
    guard let json = try? JSON.parse(Array(result.output.utf8)) else {
      throw TestError("\(words): \(result.output)\(result.errors)")
    }
    return json
  }

  /// Opens a city's file past the program.
  func replica(_ city: String) throws -> LocalReplica { try LocalReplica(path: folder.path(city) + "/replica.db") }
}
