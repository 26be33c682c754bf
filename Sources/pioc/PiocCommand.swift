import JSON
import Records
import Terminal

/// All that `pioc` understands, and what runs it.
///
/// ## Topics
/// - Records: ``RecordVerb``, ``SearchCommand``, ``ImportCommand``, ``ExportCommand``
/// - The hub: ``JoinCommand``, ``SyncCommand``, ``VerifyCommand``
/// - What needs a person: ``ConflictCommand``, ``RejectedCommand``
enum PiocCommand {
  /// The program with all its verbs.
  static var root: Command {
    Command(
      "pioc",
      summary:
        "Keeps events, contacts and publications on this machine, and exchanges them with partner cities.",
      discussion: """
        Everything works without a connection; only 'join', 'sync' and 'verify' need the hub. Ids may be \
        shortened as long as they are clear.

        Exit codes: 0 done, 1 failed, 2 wrong words or values, 3 done but something needs you (conflicts, \
        rejected changes, items of an import, what 'doctor' found), 4 stopped before a sync that would delete or \
        overwrite very many records, 75 try again later, 130 stopped with Ctrl-C.
        """,
      examples: [
        "pioc init --member bogota", "pioc event add --title \"Peace forum\" --when 2027-03-01..2027-03-03",
        "pioc event list", "pioc join https://hub.example.org", "pioc sync",
      ],
      options: [
        Option("--dir", value: "DIR", "The replica's folder (or PIOC_DIR; usually ~/.local/share/pioc)."),
        Option("--json", "Print data as JSON, for programs."),
        Option("--version", synonyms: ["-v", "-V"], "Print the version of the program and of the protocol."),
      ],
      subcommands: [
        InitCommand.command, JoinCommand.command, JoinCommand.leave, SyncCommand.command,
        StatusCommand.command,
      ]
        + Kinds.all.map { RecordVerb.group($0) } + RecordVerb.top
        + [
          SearchCommand.command, ImportCommand.command, ExportCommand.command, ConflictCommand.command,
          ResolveCommand.command, RejectedCommand.command, VerifyCommand.command, DoctorCommand.command,
          CompletionsCommand.command, demo, CompleteCommand.command,
        ],
      stray: stray)
  }

  /// Runs what was typed and gives the exit code.
  static func run(_ context: Context) throws -> Int32 {
    let path = context.invocation.path
    if context.invocation.value("--dir") == "" {
      throw Failure.usage(
        "--dir names no folder.", "Write --dir DIR, or leave it out; is a variable of the shell empty?")
    }
    if let code = try RecordVerb.run(path, context) { return code }
    switch path.first {
    case "init": return try InitCommand.run(context)
    case "join": return try JoinCommand.run(context)
    case "leave": return try JoinCommand.runLeave(context)
    case "sync": return try SyncCommand.run(context)
    case "status": return try StatusCommand.run(context)
    case "search": return try SearchCommand.run(context)
    case "import": return try ImportCommand.run(context)
    case "export": return try ExportCommand.run(context)
    case "conflicts": return try ConflictCommand.run(context)
    case "resolve":
      return try ResolveCommand.run(context.invocation.arguments.first, try context.openToWrite(), context)
    case "rejected": return try RejectedCommand.run(context)
    case "completions": return try CompletionsCommand.run(context)
    case "__complete": return CompleteCommand.run(context)
    case "verify": return try VerifyCommand.run(context)
    case "doctor": return try DoctorCommand.run(context)
    default: return runDemo(keep: context.invocation.flag("--keep"), context: context)
    }
  }

  /// What a word may be meant for that is no command: the id of a record, or words to look for.
  @Sendable private static func stray(_ word: String) -> String? {
    if word == "version" { return "pioc --version" }
    let isID =
      word.utf8.count >= 4 && word.contains(where: \.isNumber) && word.allSatisfy { $0.isHexDigit || $0 == "-" }
    if isID { return "pioc show \(word)" }
    return word.contains(where: \.isLetter) && !word.hasPrefix("-") ? "pioc search \(word)" : nil
  }

  private static let demo = Command(
    "demo", summary: "Show the whole round on this machine, in a folder that is thrown away.",
    discussion: """
      A hub and three cities: they work without a connection, sync, meet a conflict, settle it, and prove that \
      they agree.
      """,
    examples: ["pioc demo", "pioc demo --keep"],
    options: [Option("--keep", "Keep the folder, to look around in it.")])
}
