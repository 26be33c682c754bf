import Crypto
import Foundation
import Hub
import JSON
import Store
import Terminal

/// `pioc-hub backup`, `restore`, `verify` and `compact`: the commands that handle the hub's file as a whole.
struct UpkeepCommands {
  let folder: HubFolder
  let printsJSON: Bool

  func run(_ invocation: Invocation) throws -> Int32 {
    switch invocation.path {
    case ["backup"]: return try backup(to: invocation.arguments[0])
    case ["compact"]: return try CompactCommand(folder: folder, printsJSON: printsJSON).run(invocation)
    case ["restore"]: return try restore(from: invocation.arguments[0], isForced: invocation.flag("--force"))
    default: return try verify(invocation.arguments.first)
    }
  }

  // MARK: - Backup

  private func backup(to path: String) throws -> Int32 {
    let target = URL(fileURLWithPath: path)
    guard !FileManager.default.fileExists(atPath: target.path) else {
      throw HubProgramError.usage("\(path) is there already.", "Name a new file; an older backup is never overwritten.")
    }
    if let obstacle = HubFileProblem.obstacle(toNewFileAt: target.path) {
      throw HubProgramError.usage("no backup can be put at \(path): \(obstacle).", "Make the folder, or name another.")
    }
    let made = try copy()
    do {
      try move(made, to: target)
    } catch {
      for file in [made, target] { try? FileManager.default.removeItem(at: file) }
      throw HubProgramError.failed(
        "the backup cannot be put at \(path): \(error.localizedDescription)", "Name a place with enough room.")
    }
    let outcome = try check(target)
    guard outcome.agrees else { return report(outcome, target, isBackup: true) }
    if printsJSON {
      Terminal.write(
        JSON.object(["file": .string(Text(target.path)), "head": .int(outcome.entries)]).pretty() + [0x0A])
      return 0
    }
    Terminal.write("Backed up to \(target.path): \(outcome.entries) entries, \(describe(outcome)); verified.\n")
    Terminal.write("It holds all records, contacts included: keep it as safe as the hub itself.\n")
    return 0
  }

  /// A copy of the hub's file in its own folder: made by the hub if it runs, else here.
  private func copy() throws -> URL {
    if let client = try? AdminClient(folder, patience: 86_400), client.answers() {
      let answer = try client.post("/v1/backup", nil)
      guard let file = answer["file"]?.text?.string else {
        throw HubProgramError.failed("the hub did not say where the copy is.", "Look at the hub's output.")
      }
      return URL(fileURLWithPath: file)
    }
    return try whileStopped { try folder.backUp($0) }
  }

  /// Opens the hub's file when no hub serves.
  func whileStopped<T>(_ body: (Store) throws -> T) throws -> T {
    guard FileManager.default.fileExists(atPath: folder.database.path) else {
      throw HubProgramError.failed(
        "there is no hub's data in \(folder.url.path).", "Name the hub's folder with --data.")
    }
    let store: Store
    do {
      store = try folder.openStore()
    } catch is HubFolder.InUse {
      throw HubProgramError(
        message: "the hub's file is in use, and no hub answers.", advice: "If one is starting, try again in a moment.",
        exitCode: 75)
    } catch {
      throw HubProgramError.failed(
        "\(folder.database.path) \(HubFileProblem.reason(error)).",
        "Check the disk and the folder, or put a backup back with 'pioc-hub restore FILE'.")
    }
    let result = try body(store)
    try store.close()
    return result
  }

  private func move(_ file: URL, to target: URL) throws {
    defer { HubFolder.sync(target.deletingLastPathComponent()) }
    if rename(file.path, target.path) == 0 { return }
    // Another file system: copied and synced before the first one goes.
    try FileManager.default.copyItem(at: file, to: target)
    let handle = try FileHandle(forWritingTo: target)
    try handle.synchronize()
    try handle.close()
    try FileManager.default.removeItem(at: file)
  }

  // MARK: - Restore

  private func restore(from path: String, isForced: Bool) throws -> Int32 {
    let restored: HubFolder.Restored
    do {
      restored = try folder.restore(from: URL(fileURLWithPath: path), isForced: isForced) { store in
        var verification = HubVerification(store)
        let outcome: HubVerification.Outcome
        do { outcome = try verification.run() } catch {
          throw HubFolder.RestoreError.unsound("it \(HubFileProblem.reason(error))")
        }
        if !outcome.agrees { throw HubFolder.RestoreError.unsound(outcome.problems[0]) }
      }
    } catch let error as HubFolder.RestoreError {
      throw problem(error, path)
    }
    tell(restored)
    return 0
  }

  private func problem(_ error: HubFolder.RestoreError, _ path: String) -> HubProgramError {
    switch error {
    case .isServing:
      .failed("a hub is serving from \(folder.url.path).", "Stop it first; nothing was changed.")
    case .noFile(let obstacle):
      .usage("\(path) \(obstacle).", "Name a file that 'pioc-hub backup' made; nothing was changed.")
    case .unsound(let reason):
      .failed("\(path) is not a sound copy of a hub's file: \(reason).", "Nothing was changed. Try an older backup.")
    case .otherHub(let found, let expected):
      .failed(
        "\(path) is of hub \(found), and this folder's is \(expected).",
        "Its replicas would refuse it. If that is what you want, add --force; nothing was changed.")
    case .unreadable(let reason):
      .failed(
        "the hub's present file cannot be read: \(reason).",
        "With --force the backup takes its place all the same; tokens revoked and records erased since the backup are "
          + "not known then. Nothing was changed.")
    }
  }

  private func tell(_ restored: HubFolder.Restored) {
    let outcome = restored.outcome
    if printsJSON {
      var object: JSONObject = [
        "hub": .string(outcome.hub), "head": .int(outcome.copied), "erased": .int(Int64(outcome.erased)),
      ]
      object["headBefore"] = restored.headBefore.map { .int($0) }
      object["keptAt"] = restored.keptAt.map { .string(Text($0.path)) }
      Terminal.write(JSON.object(object).pretty() + [0x0A])
      return
    }
    var text = "Restored hub \(outcome.hub) as of its entry \(outcome.copied).\n"
    if let before = restored.headBefore {
      text +=
        "It stood at \(before): what came after \(outcome.copied) is not in the backup. Each replica finds out at "
      text += "its next sync and offers its own changes again, unasked; nothing that a replica wrote is lost.\n"
      let again = outcome.erased > 0 ? " (\(outcome.erased) records erased again)" : ""
      text += "Who may speak to the hub is as it was last; what was erased stays erased\(again).\n"
    } else {
      text += "Who may speak to it is as it was in the backup: revoke again what was revoked since.\n"
    }
    if outcome.integrators > 0 {
      text += "What other systems posted since comes back with their next export, under a new name.\n"
    }
    if let kept = restored.keptAt { text += "The file that it replaces is kept at \(kept.path).\n" }
    text += "Next: 'pioc-hub serve'.\n"
    Terminal.write(text)
  }

  // MARK: - Verify

  private func verify(_ path: String?) throws -> Int32 {
    if let path { return report(try check(URL(fileURLWithPath: path)), URL(fileURLWithPath: path)) }
    if let client = try? AdminClient(folder), client.answers() {
      // The hub has its file locked: a copy of this moment says the same.
      let copy = try copy()
      defer { try? FileManager.default.removeItem(at: copy) }
      return report(try check(copy), folder.database)
    }
    return report(try whileStopped { try run($0) }, folder.database)
  }

  private func check(_ file: URL) throws -> HubVerification.Outcome {
    if let obstacle = HubFileProblem.obstacle(at: file.path) {
      throw HubProgramError.usage("\(file.path) \(obstacle).", "Name a file that 'pioc-hub backup' made.")
    }
    let store: Store
    do {
      store = try Store(reading: file.path, role: .hub)
    } catch {
      throw HubProgramError.failed(
        "\(file.path) \(HubFileProblem.reason(error)).", "Name a file that 'pioc-hub backup' made.")
    }
    let outcome = try run(store)
    try store.close()
    return outcome
  }

  private func run(_ store: Store) throws -> HubVerification.Outcome {
    var verification = HubVerification(store)
    let isShown = Terminal.style(of: 2, environment: ProcessInfo.processInfo.environment).isTerminal && !printsJSON
    defer { if isShown { Terminal.write("\r\u{1B}[K", to: 2) } }
    do {
      return try verification.run { done, total in
        if isShown { Terminal.write("\rVerifying \(done * 100 / max(1, total)) %", to: 2) }
      }
    } catch {
      throw HubProgramError.failed(
        "the file \(HubFileProblem.reason(error)).",
        "Look at the disk, keep the file, and restore the last good backup.")
    }
  }

  private func describe(_ outcome: HubVerification.Outcome) -> String {
    let compacted = outcome.compacted > 0 ? ", \(outcome.compacted) without all their changes" : ""
    return "\(outcome.records) records\(compacted), digest \(outcome.digest.hex.prefix(16))"
  }

  private func report(_ outcome: HubVerification.Outcome, _ file: URL, isBackup: Bool = false) -> Int32 {
    if printsJSON {
      let json: JSON = [
        "agrees": .bool(outcome.agrees), "entries": .int(outcome.entries), "records": .int(Int64(outcome.records)),
        "compacted": .int(Int64(outcome.compacted)), "digest": .string(Text(outcome.digest.hex)),
        "problems": .array(outcome.problems.map { .string(Text($0)) }),
      ]
      Terminal.write(json.pretty() + [0x0A])
      return outcome.agrees ? 0 : 1
    }
    if outcome.agrees {
      Terminal.write("\(file.path): \(outcome.entries) entries, \(describe(outcome)). All of it agrees.\n")
      return 0
    }
    for problem in outcome.problems { Terminal.write("\(problem)\n") }
    let what = isBackup ? "The backup is not sound, so the hub's own file may not be" : "The file is not sound"
    Terminal.write("\(what). Look at the disk, keep the file, and restore the last good backup.\n", to: 2)
    return 1
  }
}
