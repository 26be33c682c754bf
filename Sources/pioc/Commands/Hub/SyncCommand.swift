import JSON
import Replica
import Sync
import Terminal

/// `pioc sync`: sends what is pending and takes what is new.
enum SyncCommand {
  static let command = Command(
    "sync", synonyms: ["push", "pull", "send", "receive", "exchange", "fetch"],
    summary: "Exchange changes with the hub: send what is pending, take what is new.",
    discussion: """
      It may be cut off at any moment and run again. Where two cities changed the same thing, both values \
      stay, and 'pioc conflicts' shows them.
      """,
    examples: ["pioc sync", "pioc sync --json"])

  static func run(_ context: Context) throws -> Int32 {
    let replica = try context.open()
    let lock = try SyncLock(context.folder)
    let run = try withExtendedLifetime(lock) { try SyncRun(replica, context) }
    let (conflicts, rejected) = (try replica.conflictCount(), try replica.rejectedCount())
    if context.wantsJSON {
      context.output.write(try json(run, replica))
    } else {
      for event in run.events { context.output.write(sentence(event) + "\n") }
      context.output.write(summary(run.tally) + "\n")
      if rejected > 0 {
        context.output.write(
          "Rejected: \(count(rejected, "change")) of yours; see 'pioc rejected'.\n"
        )
      }
      if conflicts > 0 {
        context.output.write(
          "In conflict: \(count(conflicts, "record")); see 'pioc conflicts'.\n"
        )
      }
    }
    return conflicts + rejected > 0 ? ExitCode.needsYou : ExitCode.done
  }

  /// What was exchanged, in one sentence.
  private static func summary(_ tally: SyncTally) -> String {
    var parts: [String] = []
    if tally.accepted > 0 { parts.append("sent \(count(tally.accepted, "change"))") }
    if tally.refused > 0 { parts.append("\(tally.refused) refused") }
    if tally.received > 0 { parts.append("received \(count(tally.received, "change"))") }
    if tally.states > 0 { parts.append("received \(count(tally.states, "record"))") }
    if tally.removed > 0 {
      parts.append("removed \(count(tally.removed, "record")) that were erased or withdrawn")
    }
    if tally.erasedAgain > 0 {
      parts.append("erased \(count(tally.erasedAgain, "record")) again that the hub had forgotten")
    }
    guard !parts.isEmpty else { return "Nothing new: this replica and the hub agree." }
    let text = parts.joined(separator: ", ")
    return "Synced: " + text + "."
  }

  private static func sentence(_ event: SyncSession.Event) -> String {
    switch event {
    case .historyChanged(let held):
      "The hub is not where it was: it came back from a backup, or is a new one. "
        + "It holds \(held == 0 ? "none" : "the first \(held)") of this replica's changes; all others "
        + "were offered again, and nothing of yours is lost."
    case .forked(let former, let now):
      "Another copy of this replica has written under the name \(former), so this one goes on as "
        + "\(now). Nothing is lost, but use only one of the copies, or let each join by itself."
    }
  }

  private static func json(_ run: SyncRun, _ replica: LocalReplica) throws -> JSON {
    let events = run.events.map { event -> JSON in
      switch event {
      case .historyChanged(let held): ["event": "history-changed", "held": .int(held)]
      case .forked(let former, let now):
        ["event": "forked", "former": .string(former.text), "now": .string(now.text)]
      }
    }
    let tally = run.tally
    return [
      "sent": .int(Int64(tally.accepted)), "refused": .int(Int64(tally.refused)),
      "received": .int(Int64(tally.received)),
      "records": .int(Int64(tally.states)), "removed": .int(Int64(tally.removed)),
      "erasedAgain": .int(Int64(tally.erasedAgain)), "pending": .int(try replica.pendingCount()),
      "conflicts": .int(try replica.conflictCount()), "rejected": .int(try replica.rejectedCount()),
      "events": .array(events),
    ]
  }

  private static func count(_ number: some BinaryInteger, _ noun: String) -> String {
    Phrase.count(number, noun)
  }
}
