import JSON
import Records
import Replica
import Sync
import Terminal

/// `pioc status`: the replica at a glance.
enum StatusCommand {
  static let command = Command(
    "status", synonyms: ["state", "summary"],
    summary: "Show this replica at a glance: its hub, what is pending, what needs you.",
    examples: ["pioc status", "pioc status --json"])

  static func run(_ context: Context) throws -> Int32 {
    let replica = try context.open()
    if context.wantsJSON {
      context.output.write(try json(replica, context))
    } else {
      try show(replica, context)
    }
    return ExitCode.done
  }

  private static func json(_ replica: LocalReplica, _ context: Context) throws -> JSON {
    let settings = replica.settings
    let id = try settings.replica
    let counts = try Kinds.all.map { JSONMember(key: $0.name, value: .int(try replica.count(kind: $0.name))) }
    return [
      "replica": .string(id.text), "member": .string(id.member.text),
      "dir": .string(Text(context.folder.path)),
      "url": try settings.url.map { .string(Text($0)) } ?? .null,
      "hub": try settings.hub.map { .string($0) } ?? .null,
      "lastSync": try settings.lastSync.map { .int($0) } ?? .null,
      "pending": .int(try replica.pendingCount()),
      "conflicts": .int(try replica.conflictCount()), "rejected": .int(try replica.rejectedCount()),
      "rebasing": .bool(try settings.isRebasing), "readOnly": .bool(replica.isReadOnly),
      "records": .object(JSONObject(counts)),
      "formerIds": .array(try replica.formerIDs().map { .string($0.text) }),
    ]
  }

  private static func show(_ replica: LocalReplica, _ context: Context) throws {
    let settings = replica.settings
    let id = try settings.replica
    let counts = try Kinds.all.map { kind in
      Phrase.count(try replica.count(kind: kind.name), kind.label, plural: kind.plural)
    }
    let (pending, conflicts, rejected) = (
      try replica.pendingCount(), try replica.conflictCount(), try replica.rejectedCount()
    )
    var lines = [
      ("Replica", "\(id) of \(id.member), in \(context.folder.path)"), ("Records", Phrase.list(counts)),
      ("Hub", try settings.url ?? "none yet: 'pioc join URL' meets the others"),
    ]
    if try settings.url != nil {
      let ago = try settings.lastSync.map { RelativeTime.describe(millisecondsAgo: context.now() - $0) }
      lines.append(("Last sync", ago ?? "never: run 'pioc sync'"))
    }
    lines.append(("Pending", pending == 0 ? "nothing" : "\(Phrase.count(pending, "change")) to send"))
    lines.append(
      ("Conflicts", conflicts == 0 ? "none" : "\(Phrase.count(conflicts, "record")): see 'pioc conflicts'"))
    lines.append(
      ("Rejected", rejected == 0 ? "none" : "\(Phrase.count(rejected, "change")): see 'pioc rejected'"))
    if replica.isReadOnly { lines.append(("Writing", "not possible: the file can only be read")) }
    if try settings.isRebasing {
      lines.append(("Catching up", "the hub's history has changed; the next sync goes on"))
    }
    let style = context.output.style
    for (label, text) in lines {
      let head = DisplayWidth.pad(label, to: 11)
      let room = max(20, (context.output.width ?? 100_000) - 11)
      let body = TextWrap.lines(TerminalSafe.line(text), width: room).joined(
        separator: "\n" + DisplayWidth.pad("", to: 11))
      context.output.write(style.bold(head) + body + "\n")
    }
  }
}
