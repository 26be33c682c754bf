import Foundation
import Hub
import JSON
import Terminal

/// `pioc-hub compact`: at a running hub by its address, else in its file.
struct CompactCommand {
  let folder: HubFolder
  let printsJSON: Bool

  func run(_ invocation: Invocation) throws -> Int32 {
    let text = invocation.value("--keep-days") ?? "90"
    guard let days = Int64(text), (0...36_500).contains(days) else {
      throw HubProgramError.usage("'\(text)' is not a number of days.", "Write for example --keep-days 365.")
    }
    var (pruned, last): (Int64, JSON) = (0, .null)
    if let client = try? AdminClient(folder, patience: 600), client.answers() {
      repeat {
        last = try client.post("/v1/compact", ["days": .int(days)])
        pruned += last["pruned"]?.integer ?? 0
      } while last["more"] == true
      tell(pruned, last, freed: nil)
      return 0
    }
    let before = try size()
    (pruned, last) = try UpkeepCommands(folder: folder, printsJSON: printsJSON).whileStopped {
      try HubFolder.compact($0, days: days)
    }
    tell(pruned, last, freed: max(0, before - (try size())))
    return 0
  }

  private func size() throws -> Int64 {
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.database.path)
    return (attributes[.size] as? Int64) ?? 0
  }

  private func tell(_ pruned: Int64, _ last: JSON, freed: Int64?) {
    if printsJSON {
      var object = last.object ?? [:]
      object["pruned"] = .int(pruned)
      object["more"] = nil
      object["freedBytes"] = freed.map { .int($0) }
      Terminal.write(JSON.object(object).pretty() + [0x0A])
      return
    }
    let (read, head) = (last["readByAll"]?.integer ?? 0, last["head"]?.integer ?? 0)
    var text = "Forgot the bytes of \(pruned) changes.\n"
    if let freed { text += "The file is \(freed / 1_024) KiB smaller.\n" }
    if let replica = last["hindmost"]?.text?.string {
      text += "\(replica) has read \(read) of \(head) entries; the rest is kept for it. If it is lost, shut it out: "
      text += "'pioc-hub replica revoke \(replica)'.\n"
    }
    Terminal.write(text)
  }
}
