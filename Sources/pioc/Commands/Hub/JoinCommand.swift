import Foundation
import JSON
import Replica
import Sync
import Terminal

/// `pioc join` and `pioc leave`: the way to the hub.
enum JoinCommand {
  static let command = Command(
    "join", summary: "Bind this replica to a hub, with an invite from its administrator.",
    discussion: """
      The invite is asked for without showing it, or comes from --invite: '-' for standard input, the name \
      of a file, or the code itself (which others on this machine could see while the command runs). An \
      invite works once. With --member a replica is made first when there is none.
      """,
    examples: [
      "pioc join https://hub.example.org",
      "pioc join https://hub.example.org --member bogota --invite invite.txt",
      "pioc-hub invite bogota | pioc join http://127.0.0.1:8642 --invite -",
    ],
    options: [
      Option("--invite", value: "-|FILE|CODE", "Where the invite is."), InitCommand.memberOption,
      Option("--insecure", "Allow plain http to another machine: whoever listens there can read along."),
      Option("--accept-new-hub", "Move for good from the hub that this replica knows to another one."),
    ],
    arguments: [Argument("URL", "The hub's address, such as https://hub.example.org.")])

  static let leave = Command(
    "leave", summary: "Forget the way to the hub; all records stay, and can be edited as before.",
    discussion: "What was not sent yet stays pending. To come back, join again with a new invite.",
    examples: ["pioc leave"])

  /// How often a new id is tried when the hub knows the one before already.
  private static let rounds = 3

  static func run(_ context: Context) throws -> Int32 {
    let url = try address(context)
    let replica = try replica(context)
    let lock = try SyncLock(context.folder)
    let invite = try invite(replica, url, context)
    try withExtendedLifetime(lock) { try join(replica, url, invite, context) }
    let id = try replica.settings.replica
    if context.wantsJSON {
      let hub = try replica.settings.hub.map { JSON.string($0) } ?? .null
      context.output.write([
        "replica": .string(id.text), "url": .string(Text(url.absoluteString)), "hub": hub,
      ])
      return ExitCode.done
    }
    context.output.write(prose: "Replica \(id) has joined the hub at \(url.absoluteString).\nNext: 'pioc sync'.\n")
    return ExitCode.done
  }

  static func runLeave(_ context: Context) throws -> Int32 {
    let replica = try context.openToWrite()
    let lock = try SyncLock(context.folder)
    try withExtendedLifetime(lock) { try replica.leave() }
    let pending = try replica.pendingCount()
    if context.wantsJSON {
      context.output.write(["replica": .string(try replica.settings.replica.text), "pending": .int(pending)])
      return ExitCode.done
    }
    context.output.write(prose: "Left the hub; every record is still here.\n")
    if pending > 0 {
      context.output.note(
        "\(Phrase.count(pending, "change")) were not sent yet; they go out when this replica joins again.")
    }
    return ExitCode.done
  }

  private static func join(_ replica: LocalReplica, _ url: URL, _ invite: String, _ context: Context) throws {
    let exchange = HubExchange(base: url, context: context)
    for _ in 0..<rounds {
      var joined: LocalReplica.Joined?
      do {
        _ = try exchange.step({ try replica.joinCall(invite: invite, random: context.random) }) { reply in
          joined = try replica.receiveJoin(
            reply, url: url.absoluteString, acceptsNewHub: context.invocation.flag("--accept-new-hub"),
            random: context.random)
        }
      } catch let failure as SyncFailure where failure.kind == .notTheHub {
        // A wrong address does not become right by waiting.
        throw Failure.failed(failure.description, failure.advice)
      } catch let failure as SyncFailure where failure.kind == .unreachable {
        throw Failure.temporary(
          failure.description, "Check the address, and join again with the same invite when there is a connection.")
      }
      if case .bound = joined { return }
    }
    throw Failure.temporary(
      "The hub knew every id that was tried.", "Try again; each attempt makes a new one.")
  }

  private static func address(_ context: Context) throws -> URL {
    do {
      return try HubAddress.parse(
        context.invocation.arguments[0], allowsPlainHTTP: context.invocation.flag("--insecure"))
    } catch let failure as SyncFailure {
      throw Failure.usage(TerminalSafe.line(failure.description), failure.advice)
    }
  }

  /// The replica that is there, or a new one where a member is named.
  private static func replica(_ context: Context) throws -> LocalReplica {
    let named = try context.invocation.value("--member").map { try InitCommand.member($0) }
    let isThere = try context.folder.isThere()
    if let named, !isThere {
      let replica = try context.folder.create(member: named, random: context.random)
      context.output.note("Made replica \(try replica.settings.replica) in \(context.folder.path).")
      return replica
    }
    guard isThere else {
      throw Failure.failed(
        "There is no replica in \(context.folder.path) yet.",
        "Add --member NAME to make one and join it at once.")
    }
    let replica = try context.openToWrite()
    let member = try replica.settings.replica.member
    if let named, named != member {
      throw Failure.usage(
        "This replica belongs to \(member), not to \(named).",
        "Leave out --member, or name another folder with --dir.")
    }
    return replica
  }

  private static func invite(_ replica: LocalReplica, _ url: URL, _ context: Context) throws -> String {
    let text: String?
    switch context.invocation.value("--invite") {
    case nil:
      if try replica.settings.url == url.absoluteString {
        context.output.note(
          "This replica has joined that hub already; joining again needs a new invite (Ctrl-C stops).")
      }
      text = Terminal.readSecret(prompt: "Invite: ")
    case "-"?: text = Terminal.readLine(prompt: "Invite: ")
    case let value? where FileManager.default.fileExists(atPath: value):
      guard let data = FileManager.default.contents(atPath: value), data.count <= 4_096 else {
        throw Failure.usage(
          "'\(TerminalSafe.line(value))' cannot be read as an invite.", "Name the file that holds the code.")
      }
      text = String(decoding: data, as: UTF8.self)
    case let value?: text = value
    }
    let code = (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    guard !code.isEmpty, !code.contains(where: \.isWhitespace) else {
      throw Failure.usage(
        code.isEmpty ? "No invite was given." : "An invite is one word.",
        "Ask the hub's administrator for one ('pioc-hub invite MEMBER').")
    }
    return code
  }
}
