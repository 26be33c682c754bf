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

      Before one sync deletes more than 50 records or overwrites values in more than 500, here or by what it \
      sends, it asks; where nobody can be asked it ends with 4 and has done nothing. --allow-many lets it pass.

      --watch stays connected: what others write comes within a second, and so goes what is written here. It \
      outlives lost lines, sleep and a hub that restarts. http_proxy, https_proxy and no_proxy are obeyed.
      """,
    examples: ["pioc sync", "pioc sync --dry-run", "pioc sync --watch", "pioc sync --json"],
    options: [
      Option("--dry-run", "Say what would be sent and what waits at the hub; change nothing."),
      Option("--watch", "Stay connected until Ctrl-C; with --json a line for each sync that did something."),
      Option("--allow-many", "Let very many records be deleted or overwritten."),
    ])

  static func run(_ context: Context) throws -> Int32 {
    let isTrial = context.invocation.flag("--dry-run")
    let replica = try isTrial ? context.open() : context.openToWrite()
    if isTrial {
      guard !context.invocation.flag("--watch") else {
        throw Failure.usage("--dry-run and --watch cannot go together.", "Leave one of them out.")
      }
      return try SyncDryRun(replica, context).run()
    }
    let lock = try SyncLock(context.folder)
    return try withExtendedLifetime(lock) {
      if context.invocation.flag("--watch") { return try SyncWatch(replica, context).run() }
      return try tell(try consented(replica, context), replica, context)
    }
  }

  /// A sync within the usual limits, or beyond them if the person at the terminal agrees.
  private static func consented(_ replica: LocalReplica, _ context: Context) throws -> SyncRun {
    var limits: SyncLimits? = context.invocation.flag("--allow-many") ? nil : SyncLimits()
    while true {
      do {
        return try SyncRun(replica, context, limits: limits)
      } catch let failure as SyncFailure {
        guard case .tooMuch(let weight) = failure.kind, Terminal.isTerminal(0), !context.wantsJSON else {
          throw failure
        }
        try ask(weight, failure, replica, context)
        // Agreed to is what was asked about, and no more.
        if let former = limits {
          limits = SyncLimits(
            removed: max(former.removed, weight.removed), overwritten: max(former.overwritten, weight.overwritten))
        }
      }
    }
  }

  private static func ask(
    _ weight: SyncWeight, _ failure: SyncFailure, _ replica: LocalReplica, _ context: Context
  ) throws {
    let titles = Titles(replica)
    let names = try weight.examples.map { TerminalSafe.line(try titles.name($0)) }
    context.output.note("\(failure.description)\nAmong them: \(names.joined(separator: "; ")).")
    guard ResolveChoice.isYes(context.output.ask("Go on? [y/N]") ?? "") else {
      throw Failure(
        message: "Nothing was applied, and nothing sent.",
        advice: "'pioc sync --dry-run' shows what it is; 'pioc sync' asks again.", exitCode: ExitCode.needsConsent)
    }
  }

  private static func tell(_ run: SyncRun, _ replica: LocalReplica, _ context: Context) throws -> Int32 {
    let words = SyncWords(run, replica)
    if context.wantsJSON {
      context.output.write(try words.json())
    } else {
      context.output.write(prose: try words.text())
    }
    return try replica.conflictCount() + replica.rejectedCount() > 0 ? ExitCode.needsYou : ExitCode.done
  }
}
