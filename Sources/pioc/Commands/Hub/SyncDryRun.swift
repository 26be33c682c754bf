import JSON
import Records
import Replica
import Sync
import Terminal

/// `pioc sync --dry-run`: what would be sent, and what waits at the hub where it can be asked; changes nothing.
struct SyncDryRun {
  private let replica: LocalReplica
  private let context: Context
  private let titles: Titles
  private static let named = 10

  init(_ replica: LocalReplica, _ context: Context) {
    self.replica = replica
    self.context = context
    titles = Titles(replica)
  }

  func run() throws -> Int32 {
    let outgoing = try replica.outgoing()
    var preview: SyncPreview?
    var failure: Failure?
    do { preview = try ask() } catch { failure = Failure(explaining: error) }
    if context.wantsJSON {
      context.output.write(try json(outgoing, preview, failure))
    } else {
      context.output.write(prose: try sending(outgoing) + (try preview.map(waiting) ?? ""))
      for line in try warnings(preview) { context.output.write(prose: line + "\n") }
    }
    context.output.note("Nothing was sent or taken.")
    guard let failure else { return ExitCode.done }
    context.output.note("What waits at the hub is not known: \(failure.message)\n\(failure.advice)")
    return failure.exitCode
  }

  private func ask() throws -> SyncPreview {
    var preview = try SyncPreview(replica: replica)
    let exchange = try HubExchange(replica, context)
    let next = { () throws -> HubCall? in
      if case .send(let call) = try preview.next() { call } else { nil }
    }
    while try exchange.step(next, receive: { try preview.receive($0) }) {}
    return preview
  }

  private func sending(_ changes: [Change]) throws -> String {
    guard !changes.isEmpty else { return "Nothing to send.\n" }
    var text = "To send: \(Phrase.count(changes.count, "change")).\n"
    let words = ChangeWords(titles: titles)
    for change in changes.prefix(Self.named) {
      text += "  \(TerminalSafe.line(try RejectedWords.name(change, titles)))\n"
      for line in try words.lines(change) { text += "     \(TerminalSafe.line(line))\n" }
    }
    return text + more(changes.count)
  }

  private func waiting(_ preview: SyncPreview) throws -> String {
    let look = preview.look
    guard look.changes + look.states > 0 || !look.removed.isEmpty else { return "Nothing waits at the hub.\n" }
    var parts: [String] = []
    if look.changes > 0 { parts.append(Phrase.count(look.changes, "change")) }
    if look.states > 0 { parts.append(Phrase.count(look.states, "record")) }
    let by = look.members.isEmpty ? "" : " by \(Phrase.list(look.members.sorted().map(\.description)))"
    var text = "Waiting at the hub: \(parts.isEmpty ? "removals" : Phrase.list(parts))\(by).\n"
    if preview.isFromStart, try replica.settings.cursor != nil {
      text += "  The hub's history is not the one this replica knows: all records come anew.\n"
    }
    if !look.new.isEmpty { text += "  \(Phrase.count(look.new.count, "record")) new here\n" }
    for (word, records) in [("deletes", look.removed), ("changes", look.touched.subtracting(look.removed))] {
      for id in records.sorted().prefix(Self.named) { text += "  \(word)  \(TerminalSafe.line(try titles.name(id)))\n" }
      text += more(records.count)
    }
    return text
  }

  private func more(_ count: Int) -> String {
    count > Self.named ? "  … and \(count - Self.named) more\n" : ""
  }

  /// Which of both ways the next sync would ask about.
  private func warnings(_ preview: SyncPreview?) throws -> [String] {
    let limits = SyncLimits()
    let weights = [try replica.outgoingWeight(), preview?.weight].compactMap { $0 }
    return weights.filter(limits.areExceeded).map {
      $0.isIncoming
        ? "That is very much: 'pioc sync' will ask before it takes it, or needs --allow-many."
        : "That deletes or overwrites very much for everyone: 'pioc sync' will ask first, or needs --allow-many."
    }
  }

  private func json(_ outgoing: [Change], _ preview: SyncPreview?, _ failure: Failure?) throws -> JSON {
    let weight = try replica.outgoingWeight()
    var incoming: JSON = .null
    if let look = preview?.look, let weight = preview?.weight {
      incoming = [
        "changes": .int(Int64(look.changes)), "records": .int(Int64(look.states)),
        "new": .int(Int64(look.new.count)), "touched": .int(Int64(look.touched.count)),
        "removed": .int(Int64(weight.removed)), "overwritten": .int(Int64(weight.overwritten)),
        "members": .array(look.members.sorted().map { .string($0.text) }),
        "fromStart": .bool(preview?.isFromStart ?? false),
      ]
    }
    return [
      "send": [
        "changes": .array(try outgoing.map { try JSON.parse($0.bytes) }), "removed": .int(Int64(weight.removed)),
        "overwritten": .int(Int64(weight.overwritten)),
      ],
      "waiting": incoming, "unreachable": failure.map { .string(Text($0.message)) } ?? .null,
    ]
  }
}
