import Foundation
import JSON
import Records
import Replica
import Sync
import Terminal

/// What a command is given: the words understood, its surroundings, and the ways out.
struct Context {
  let invocation: Invocation
  let environment: [String: String]
  let output: Output

  /// Whether data is wanted as JSON.
  var wantsJSON: Bool { invocation.flag("--json") }

  /// The folder that the words or the environment name.
  var folder: ReplicaFolder { ReplicaFolder(option: invocation.value("--dir"), environment: environment) }

  /// Unix time in milliseconds.
  func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

  /// So many random bytes from the system.
  func random(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// A key for a new item of a list.
  func itemKey() -> Text { ItemKey.make(random) }

  /// Opens the replica.
  func open() throws -> LocalReplica {
    if let warning = folder.exposure() { output.note("pioc: warning: \(warning)") }
    return try folder.open()
  }

  /// Opens the replica for a command that writes; refused before any work is done where the file can only be read.
  func openToWrite() throws -> LocalReplica {
    let replica = try open()
    guard !replica.isReadOnly else { throw Failure.readOnly(folder) }
    return replica
  }

  /// A number that an option gives, or else the usual one.
  func count(_ option: String, usual: Int64) throws -> Int64 {
    guard let text = invocation.value(option) else { return usual }
    guard let count = Int64(text), (1...1_000_000_000).contains(count) else {
      throw Failure.usage(
        "'\(TerminalSafe.line(text))' is not a number that \(option) takes.",
        "Write for example \(option) 20.")
    }
    return count
  }
}
