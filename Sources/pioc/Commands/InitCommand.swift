import Foundation
import JSON
import Replica
import Sync
import Terminal

/// `pioc init`: makes a replica that works at once, without any hub.
enum InitCommand {
  static let command = Command(
    "init", synonyms: ["setup", "start"], summary: "Make a replica on this machine; it works at once, without any hub.",
    discussion: "A member may have several replicas, one for each machine. Each makes an id of its own.",
    examples: ["pioc init --member bogota", "pioc init --member bogota --dir ~/peace"],
    options: [memberOption])

  static let memberOption = Option(
    "--member", value: "NAME", "The member whose replica it is: 2 to 40 of a-z, 0-9 and single inner hyphens."
  )

  static func run(_ context: Context) throws -> Int32 {
    guard let text = context.invocation.value("--member") else {
      throw Failure.usage(
        "'pioc init' needs to know whose replica it is.", "Write 'pioc init --member NAME', such as bogota.")
    }
    let replica = try context.folder.create(member: try member(text), random: context.random)
    let id = try replica.settings.replica
    if context.wantsJSON {
      context.output.write([
        "replica": .string(id.text), "member": .string(id.member.text),
        "dir": .string(Text(context.folder.path)),
      ])
      return ExitCode.done
    }
    context.output.write(
      prose: """
        Made replica \(id) in \(context.folder.path).
        Next: 'pioc event add --title "…" --when 2027-03-01', 'pioc import FILE', or 'pioc join URL' to meet \
        the others.

        """)
    return ExitCode.done
  }

  /// Reads a member's name, and suggests one where something else was typed.
  static func member(_ text: String) throws -> MemberName {
    if let name = MemberName(Text(text)) { return name }
    let shown = TerminalSafe.line(text)
    var advice = "It has 2 to 40 of a-z, 0-9 and single inner hyphens, such as 'stanley-center'."
    if let near = suggestion(text) { advice += " Did you mean '\(near)'?" }
    throw Failure.usage("'\(shown)' cannot be the name of a member.", advice)
  }

  /// The nearest name: in small letters, without accents, with hyphens for whatever is left.
  private static func suggestion(_ text: String) -> MemberName? {
    let plain = text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    let words = plain.utf8.split { !((0x61...0x7A).contains($0) || (0x30...0x39).contains($0)) }
    return MemberName(Text(words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")))
  }
}
