import JSON
import Replica
import Sync
import Terminal

/// `pioc verify`: checks that this replica and the hub hold the same.
enum VerifyCommand {
  static let command = Command(
    "verify", summary: "Sync, then check that this replica and the hub hold the same.",
    discussion: """
      Both sides compute a digest of all records from the data itself. Where they differ, the records are \
      named and taken anew from the hub, as are records that cannot be read here any more; changes that were not \
      sent yet stay.
      """,
    examples: ["pioc verify"])

  /// How often the check begins anew because somebody wrote meanwhile.
  private static let rounds = 5

  static func run(_ context: Context) throws -> Int32 {
    let replica = try context.openToWrite()
    let lock = try SyncLock(context.folder)
    return try withExtendedLifetime(lock) {
      for _ in 0..<rounds {
        _ = try SyncRun(replica, context)
        if let outcome = try check(replica, context) { return try report(outcome, replica, context) }
      }
      throw Failure.temporary(
        "Others were writing during each of \(rounds) checks.",
        "Nothing is wrong; run 'pioc verify' again later.")
    }
  }

  /// One check; `nil` if the hub has moved on since the sync.
  private static func check(_ replica: LocalReplica, _ context: Context) throws -> Verification.Outcome? {
    var verification = try Verification(replica: replica)
    let exchange = try HubExchange(replica, context)
    var outcome: Verification.Outcome?
    while try exchange.step(
      {
        switch try verification.next() {
        case .send(let call): return call
        case .syncFirst: return nil
        case .finished(let result):
          outcome = result
          return nil
        }
      }, receive: { try verification.receive($0, at: context.now()) })
    {}
    return outcome
  }

  private static func report(
    _ outcome: Verification.Outcome, _ replica: LocalReplica, _ context: Context
  ) throws -> Int32 {
    if context.wantsJSON {
      context.output.write([
        "agrees": .bool(outcome.agrees), "digest": .string(Text(outcome.digest)),
        "compared": .int(outcome.records),
        "differing": .array(outcome.differing.map { .string($0.text) }),
        "unrepaired": .array(outcome.unrepaired.map { .string($0.text) }),
      ])
    } else {
      let titles = Titles(replica)
      for id in outcome.differing {
        let name = try titles.title(of: id).map { " \($0)" } ?? ""
        let what = outcome.agrees ? "differed, and was taken anew from the hub" : "differs from the hub's"
        context.output.write(prose: "\(id)\(TerminalSafe.line(name)) \(what)\n")
      }
      for id in outcome.unrepaired {
        context.output.write(prose: "\(id) cannot be read here, nor can changes to it that were not sent\n")
      }
      // Deleted records are compared too, and no list counts them.
      let deleted = outcome.records - (try replica.count(kind: nil))
      let records = Phrase.count(outcome.records, "record") + (deleted > 0 ? ", \(deleted) of them deleted" : "")
      let verdict = outcome.agrees ? "agrees with the hub" : "does NOT agree with the hub"
      context.output.write(prose: "\(outcome.digest.prefix(16))  \(records): this replica \(verdict)\n")
    }
    if !outcome.unrepaired.isEmpty {
      context.output.note(
        """
        pioc: \(Phrase.count(outcome.unrepaired.count, "record")) of this replica cannot be read, and were left as they are.
        Keep the file; a new replica ('pioc join URL --member NAME --dir OTHER') gets what was synced.
        """)
      return ExitCode.failed
    }
    if outcome.agrees { return ExitCode.done }
    context.output.note(
      """
      pioc: This replica and the hub still differ.
      Run 'pioc verify' again, and tell the hub's administrator if it stays so.
      """
    )
    return ExitCode.failed
  }
}
